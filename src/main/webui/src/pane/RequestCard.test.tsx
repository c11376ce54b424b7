import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AnswerRequest, RequestRow, SessionRow } from '../api/types';
import { NOTHING } from '../live/fold';
import { live } from '../live/store';
import { RequestCard } from './RequestCard';

const ROW: RequestRow = {
  id: '0123456789abcdef',
  session: '01K00000000000000000000001',
  name: 'orders',
  host: 'dev-1',
  kind: 'approval',
  tool: 'Bash',
  summary: '',
  input: { command: 'npm test' },
  cut: false,
  always: false,
  permits: [],
  by: null,
  byHand: null,
  askedAt: '2026-01-01T00:00:00Z',
};

let root: HTMLElement;
let sent: AnswerRequest[];
let answer: () => Promise<Response>;

beforeEach(() => {
  root = document.body.appendChild(document.createElement('ul'));
  sent = [];
  answer = () => Promise.resolve(Response.json({ text: 'allowed', notes: [] }));
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (path.endsWith('/answer')) {
      sent.push(JSON.parse(String(init.body)) as AnswerRequest);
    }
    return answer();
  });
});

afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

async function shown(over: Partial<RequestRow> = {}, settled = false) {
  await act(() => render(<RequestCard row={{ ...ROW, ...over }} settled={settled} />, root));
}

function button(name: string): HTMLButtonElement {
  const found = [...root.querySelectorAll('button')].find((each) => each.textContent === name);
  if (!found) {
    throw new Error(`no button ${name} in: ${root.textContent}`);
  }
  return found;
}

/** By itself it waits no longer than a second. */
function soon(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 30_000 });
}

async function press(name: string) {
  button(name).click();
  await soon(() => expect(root.querySelector('.said')?.textContent).not.toBe(''));
}

test('shows hostile input as text, and names what is not seen', async () => {
  const command = '<img src=x onerror=alert(1)> \u202e\u200bfr- mr\u001b[2J';
  await shown({ input: { command, '<b>name</b>': 'x' }, tool: '<i>Bash</i>', name: 'a\u202eb' });
  expect(root.querySelector('img, b b, i')).toBeNull();
  expect(root.querySelector('pre')?.textContent).toBe(
    '<img src=x onerror=alert(1)> U+202EU+200Bfr- mrESC[2J',
  );
  expect(root.textContent).not.toMatch(/[\u202e\u200b\u001b]/);
});

test('lets nothing be allowed that is not shown to its end', async () => {
  await shown({ input: { command: `echo ${'x'.repeat(30_000)}; rm -rf /` } });
  expect(root.textContent).not.toContain('rm -rf /');
  expect(button('Allow').disabled).toBe(true);
  const more = [...root.querySelectorAll('button')].find((each) =>
    each.textContent?.startsWith('Show all'),
  );
  await act(() => more?.click());
  expect(root.textContent).toContain('rm -rf /');
  expect(button('Allow').disabled).toBe(false);
});

test('says who was faster, and takes no other answer then', async () => {
  answer = () =>
    Promise.resolve(
      Response.json(
        { status: 409, code: 'CONFLICT', detail: '0123 was denied by the command line at 12:00' },
        { status: 409 },
      ),
    );
  await shown();
  await press('Allow');
  expect(root.querySelector('.said')?.textContent).toContain('denied by the command line');
  expect(button('Allow').disabled && button('Deny').disabled).toBe(true);
});

test('gives the same answer again when it is not known what became of it', async () => {
  answer = () => Promise.reject(new TypeError('Failed to fetch'));
  await shown();
  await press('Allow');
  expect(button('Allow').disabled).toBe(true);
  answer = () => Promise.resolve(Response.json({ text: 'allowed', notes: [] }));
  button('Give the same answer again').click();
  await soon(() => expect(root.querySelector('.said')?.textContent).toBe('allowed'));
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
});

test('denies with a reason and an interrupt', async () => {
  await shown();
  const [reason, interrupt] = root.querySelectorAll('input');
  await act(() => {
    if (reason) {
      reason.value = ' not here ';
      reason.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  await act(() => interrupt?.click());
  await press('Deny');
  expect(sent[0]).toMatchObject({ decision: 'deny', reason: 'not here', interrupt: true });
});

test('offers a standing yes only where the agent does', async () => {
  await shown();
  expect(root.textContent).not.toContain('Allow always');
  await shown({ always: true, permits: ['allow Bash(npm test:*) for this session', 'a\u202eb'] });
  const described = button('Allow always').getAttribute('aria-describedby') ?? '';
  expect([...root.querySelectorAll(`#${described} li`)].map((each) => each.textContent)).toEqual([
    'allow Bash(npm test:*) for this session',
    'aU+202Eb',
  ]);
  await press('Allow always');
  expect(sent[0]).toMatchObject({ decision: 'allow', always: true });
});

test('offers no answer to what another service answers', async () => {
  const session = { id: ROW.session, owner: 'otherservice', managed: true } as SessionRow;
  live.value = { ...live.value, sessions: new Map([[ROW.session, session]]) };
  await shown({ always: true, permits: ['allow Bash'] });
  expect(root.textContent).toContain('belongs to another Muster service (otherservice)');
  for (const name of ['Allow', 'Allow always', 'Deny']) {
    expect(button(name).disabled).toBe(true);
  }
  live.value = NOTHING;
});

test('tells what became of one that was answered elsewhere', async () => {
  answer = () =>
    Promise.resolve(
      Response.json(
        { status: 409, code: 'CONFLICT', detail: '0123 was allowed by maria at 12:00' },
        { status: 409 },
      ),
    );
  await shown({}, true);
  await soon(() => expect(root.textContent).toContain('allowed by maria at 12:00'));
  expect(root.querySelector('.request, button')).toBeNull();
});

test('answers several questions exactly', async () => {
  const options = [{ label: 'A' }, { label: 'B' }];
  await shown({
    kind: 'question',
    tool: 'AskUserQuestion',
    input: {
      questions: [
        { question: 'One?', options },
        { question: 'Many?', options, multiSelect: true },
      ],
    },
  });
  expect(button('Answer').disabled).toBe(true);
  const boxes = root.querySelectorAll<HTMLInputElement>('fieldset .option input');
  const click = async (i: number) => act(() => boxes[i]?.click());
  await click(1);
  await click(4);
  await click(5);
  await press('Answer');
  expect(sent[0]).toMatchObject({ decision: 'choose', choices: ['2', '1,2'], other: false });
});

test('says where a dialog is answered that somebody started by hand', async () => {
  const place = '/srv/api, process 7';
  await shown({ kind: 'screen', input: null, cut: true, summary: 'Bash: npm test', byHand: place });
  expect(root.textContent).toContain('it is answered there: dev-1, /srv/api, process 7.');
  expect(root.textContent).not.toContain('open its terminal');
});

test('offers no answer to a dialog that only its own screen takes one of', async () => {
  await shown({ kind: 'screen', input: null, cut: true, summary: 'Bash: npm test, on its own screen' });
  expect(root.textContent).toContain('shows a dialog');
  expect(root.textContent).toContain('Bash: npm test, on its own screen');
  expect([...root.querySelectorAll('button')].map((each) => each.textContent)).toEqual(['dev-1/orders']);
});
