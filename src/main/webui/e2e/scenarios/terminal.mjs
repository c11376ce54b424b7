/* A session that is started from the page runs, and its terminal takes what is typed */
import { base, muster, scenario, terminals, until } from '../scenario.mjs';
import assert from 'node:assert/strict';

const [host, repo] = terminals.split(':');
const LINK = `${base}/icon.svg`;
const HIDDEN = `${base}/icon-waiting.svg`;

await scenario(async ({ signedIn }) => {
  const page = await signedIn({}, '/?page=start');
  const task = `echo ready; echo 'see ${LINK} there'; while read -r l; do echo "got: $l"; done`;
  await page.getByLabel('What is to be done').fill(task);
  await page.getByLabel('Name', { exact: true }).fill('from-the-page');
  await page.getByRole('checkbox', { name: host }).check();
  await page.getByLabel('Repo').fill(repo);
  await page.locator('.start').getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText('1 of 1 running').waitFor();
  await page.getByRole('button', { name: 'Open it' }).click();

  const pane = page.locator('.pane', { hasText: 'from-the-page' });
  await pane.locator('.xterm-rows', { hasText: 'ready' }).waitFor();
  await pane.locator('.xterm').click();
  await page.keyboard.type('hello from the page\n');
  await pane.locator('.xterm-rows', { hasText: 'got: hello from the page' }).waitFor();

  // What is selected is copied, by a key and by the button.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: base });
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await mouseOn(page, pane, 'hello', (x, y) => page.mouse.dblclick(x, y));
  await page.keyboard.press('Control+Shift+C');
  await until('it is copied by a key', async () => (await copied()) === 'hello');
  await mouseOn(page, pane, 'ready', (x, y) => page.mouse.dblclick(x, y));
  await pane.getByRole('button', { name: 'Copy' }).click();
  await until('it is copied by the button', async () => (await copied()) === 'ready');
  await opens(page, pane, LINK, LINK);

  await pane.getByRole('tab', { name: 'Shell' }).click();
  await pane.locator('.xterm-helper-textarea').waitFor({ state: 'attached' });
  await until('the shell stands in the worktree', async () => {
    await pane.locator('.xterm').click();
    await page.keyboard.type('git branch --show-current\n');
    return (await pane.locator('.xterm-rows').innerText()).includes('muster/from-the-page');
  });

  // A link under other words says first where it goes.
  await page.keyboard.type(`printf '\\033]8;;%s\\033\\\\a %s\\033]8;;\\033\\\\\\n' ${HIDDEN} "word"s\n`);
  await pane.locator('.xterm-rows', { hasText: /a\swords/ }).waitFor();
  const asked = new Promise((done) =>
    page.once('dialog', (dialog) => {
      done(dialog.message());
      void dialog.accept();
    }),
  );
  await opens(page, pane, 'words', HIDDEN);
  assert.match(await asked, new RegExp(`\\n${HIDDEN}$`));

  await pane.getByRole('tab', { name: 'Log' }).click();
  await pane.locator('.log', { hasText: 'the agent runs' }).waitFor();
  await pane.getByRole('button', { name: 'Stop' }).click();
  await pane.getByText('stopped').first().waitFor();
  assert.match(await muster('status', 'from-the-page'), /stopped/);
});

/** Does something with the mouse where the terminal's last such text stands. */
async function mouseOn(page, pane, text, act) {
  const { x, y } = await pane.locator('.xterm-rows').evaluate((rows, wanted) => {
    const walker = document.createTreeWalker(rows, NodeFilter.SHOW_TEXT);
    let found = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.lastIndexOf(wanted);
      if (at >= 0) {
        found = document.createRange();
        found.setStart(node, at);
        found.setEnd(node, at + wanted.length);
      }
    }
    const box = found.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }, text);
  await page.mouse.move(x, y);
  return act(x, y);
}

/** A click on a link opens that address, in a tab that knows nothing of this one. */
async function opens(page, pane, text, address) {
  const opened = page.context().waitForEvent('page');
  await mouseOn(page, pane, text, async (x, y) => {
    // The terminal looks for links where the mouse comes to rest.
    await pane.locator('.xterm-cursor-pointer').waitFor();
    await page.mouse.click(x, y);
  });
  const tab = await opened;
  // A tab begins empty.
  await tab.waitForURL(address);
  assert.equal(await tab.evaluate(() => window.opener), null);
  await tab.close();
}
