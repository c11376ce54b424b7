/* A host that says all that a terminal or a page would love to obey, and what must come of it. */
import assert from 'node:assert/strict';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ask, board, claim, forge, muster, session, startClaude, tell, until } from './scenario.mjs';

/** Is to be seen wherever hostile text is shown. */
export const MARK = 'MARK';

const HTML = `<img src=x onerror="pwned=1"><script>pwned=1</script><b id=pwned>`;
const ESCAPES = '\u001b[2J\u001b]0;pwned\u0007\u001b]8;;http://pwned/\u0007\u009b31m\u0008\u007f';
const HIDDEN = '\u202Eevil\u2066\u200B\u200F\u00AD\uFEFF\u{E0041}\u2028';

/** On one line, without what a file's name can't hold. */
export const HOSTILE = `${MARK}${ESCAPES}${HIDDEN}${HTML.replaceAll('/', '\\')}`;

/** Without what no command of Muster's takes: control characters. */
export const TYPED = `${MARK}${HIDDEN}${HTML}`;

const LONG = 10 * 1024 * 1024;

/** Characters that move, hide or reorder others. */
export const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e007f}]/u;

/**
 * A host `hostile`: its home's name, its system's, what its rc file prints, a session's name, branch,
 * model and labels, what its agents report, ask, offer and print, and files and lines of a diff.
 */
export async function hostileHost() {
  if (await claim('hostile')) {
    await make();
  }
  // Another scenario may be making it.
  await until('its cost is known', async () => (await session('asks'))?.usage?.costUsd > 1, 240);
  await until(
    'all of it waits',
    async () => (await board()).requests.filter((each) => each.host === 'hostile').length >= 5,
  );
  await until('it has spoken', async () => (await session('speaks')).state === 'needs-input');
  // It says so before all else that it prints.
  await until('its screen is full', async () => (await muster('peek', 'speaks')).includes('last words'), 60);
  return session('speaks');
}

async function make() {
  const forged = {
    name: HOSTILE,
    branch: HOSTILE,
    repo: HOSTILE,
    agent: HOSTILE,
    model: HOSTILE,
    account: HOSTILE,
    labels: { [HOSTILE]: HOSTILE },
    promptHead: HOSTILE,
    base: HOSTILE,
  };
  await forge('hostile', [forged], { home: `h ${HOSTILE}`, says: HOSTILE });

  // What a repo's setup prints is kept in the log.
  const { worktree } = await session('original', 'hostile');
  await writeFile(join(dirname(dirname(worktree)), 'setup.txt'), `${HOSTILE}\n`);

  // An agent that reports and prints what lies in its worktree.
  const script =
    'until [ -e go ]; do sleep 0.1; done; cat go; "$MUSTER_EVENT" needs-input "$(cat go)";' +
    ' head -c 3000000 "big file"; tail -n 1 go; exec sleep 1000';
  await muster('start', 'hostile:api', '-n', 'speaks', '--label', `is=${TYPED}`, script);
  const speaks = await session('speaks');
  const name = join(speaks.worktree, `${HOSTILE} ${MARK}`);
  await mkdir(dirname(name), { recursive: true });
  await writeFile(name, `${HOSTILE}\n${HTML}\n`);
  await writeFile(join(speaks.worktree, 'README.md'), `# ${HOSTILE}\n`);
  await writeFile(join(speaks.worktree, 'big file'), `${MARK}${'<b>x'.repeat(LONG / 4)}\n`);
  await writeFile(join(speaks.worktree, 'going'), `${HOSTILE}\nlast words, ${MARK}\n`);
  await rename(join(speaks.worktree, 'going'), join(speaks.worktree, 'go'));

  const asks = await startClaude('hostile:api', 'asks', TYPED);
  await ask(asks, 'bash', 'Bash', { command: HOSTILE, description: HOSTILE }, [
    {
      type: 'addRules',
      rules: [{ toolName: 'Bash', ruleContent: HOSTILE }],
      behavior: 'allow',
      destination: HOSTILE,
    },
    { [HOSTILE]: HOSTILE },
  ]);
  await ask(asks, 'edit', 'Edit', {
    file_path: HOSTILE,
    old_string: `${HOSTILE}\n${HOSTILE} before`,
    new_string: `${HOSTILE}\n${HOSTILE} after\n${HTML}`,
  });
  await ask(asks, 'tool', `mcp__${HOSTILE}`, {
    [HOSTILE]: [HOSTILE, { [HTML]: HTML }],
    [`${HOSTILE} short`]: HOSTILE,
  });
  await ask(asks, 'long', 'Write', { file_path: HOSTILE, content: `${MARK}${'<b>'.repeat(LONG / 3)}` });
  await ask(asks, 'question', 'AskUserQuestion', {
    questions: [
      {
        question: HOSTILE,
        header: HOSTILE,
        options: [
          { label: HOSTILE, description: HOSTILE },
          { label: HTML, description: HTML },
        ],
      },
    ],
  });
  await tell(asks, 'cost.status', {
    model: { id: `${MARK}\u202e\u001b[2J<b id=pwned>` },
    cost: { total_cost_usd: 1.5 },
    context_window: { total_input_tokens: 1000, total_output_tokens: 100, used_percentage: 1 },
  });
}

/** Nothing of it has become more than text, and that text is to be seen. */
export async function harmless(page, where, places) {
  for (const place of places) {
    await page.locator(place).filter({ hasText: MARK }).first().waitFor();
  }
  const found = await page.evaluate(() => {
    const texts = [];
    const all = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ALL);
    for (let node = all.currentNode; node; node = all.nextNode()) {
      const screen = node.parentElement?.closest('.xterm');
      if (screen) {
        // A terminal's cells hold what a program prints; each stands in its own place.
        const rows = screen.querySelector('.xterm-rows');
        if (rows && getComputedStyle(rows).unicodeBidi !== 'isolate-override') {
          texts.push('\u202e in a terminal moves its neighbours');
        }
        continue;
      }
      if (node instanceof Element) {
        // What nobody sees or hears: what an option stands for, and where a link leads to.
        const silent = ['id', 'href', 'for', 'aria-controls', 'aria-labelledby', 'data-key'];
        const shown = [...node.attributes].filter(
          ({ name }) => !silent.includes(name) && !(node instanceof HTMLOptionElement),
        );
        shown.forEach((each) => texts.push(each.name, each.value));
        if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) {
          texts.push(node.value);
        }
      } else {
        texts.push(node.nodeValue ?? '');
      }
    }
    return {
      ran: 'pwned' in window && window.pwned === 1,
      elements: document.querySelectorAll('#pwned, img, [onerror], #page script, iframe').length,
      title: document.title,
      texts,
    };
  });
  assert.equal(found.ran, false, `${where}: no script of a host runs`);
  assert.equal(found.elements, 0, `${where}: no element comes from a host`);
  assert.match(found.title, /^(\(\d+\) )?Muster$/, where);
  const unseen = found.texts.filter((text) => new RegExp(UNSEEN, 'u').test(text));
  assert.deepEqual(unseen.map((text) => JSON.stringify(text.slice(0, 200))), [], where);
}
