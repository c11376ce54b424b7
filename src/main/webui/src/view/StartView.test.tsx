import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import type { HostRow, LogEntry, SessionRow, StartRequest } from '../api/types';
import { NOTHING } from '../live/fold';
import { live } from '../live/store';
import { StartView } from './StartView';

const HOST = { state: 'online', sessions: 0, load: null, labels: {}, repos: ['api'] };
let posted: StartRequest[] = [];
let log: LogEntry[] = [];

/** The service, as far as the form asks it. */
function answer(path: string, init?: RequestInit): Response {
  const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
  if (path.endsWith('/choices')) {
    const agents = [{ name: 'claude', type: 'claude', model: 'sonnet' }];
    const repos = [{ name: 'api', path: '/srv/api', base: 'develop' }];
    const host = (name: string) => ({ name, agent: 'claude', agents, repos });
    return json({ hosts: [host('dev-1'), host('dev-2')], accounts: [] });
  }
  if (path.endsWith('/templates')) {
    return json({ folder: '/t', templates: [], problems: [] });
  }
  if (path.includes('/branches')) {
    return json({ host: 'dev-1', repo: 'api', base: 'develop', branches: [], truncated: false });
  }
  if (path.endsWith('/log')) {
    return json(log);
  }
  const request = JSON.parse(String(init?.body)) as StartRequest;
  posted.push(request);
  return request.base === 'nowhere'
    ? json({ detail: 'no branch nowhere', fix: null, field: 'base', code: 'NOT_FOUND' }, 404)
    : json({ id: request.id }, 202);
}

beforeEach(async () => {
  posted = [];
  log = [];
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => Promise.resolve(answer(path, init)));
  live.value = {
    ...NOTHING,
    asOf: '2026-01-01T00:00:00Z',
    hosts: new Map(['dev-1', 'dev-2'].map((name) => [name, { ...HOST, name } as unknown as HostRow])),
  };
  document.body.innerHTML = '<div id="at"></div>';
  const at = document.getElementById('at');
  await act(async () => {
    if (at) {
      render(<StartView />, at);
    }
  });
});

/** The control that a label names. */
function field<T extends HTMLElement>(name: string): T {
  const label = [...document.querySelectorAll('label')].find((each) =>
    each.textContent?.startsWith(name),
  );
  const control = label?.control ?? label?.querySelector('input');
  if (!control) {
    throw new Error(`no field ${name}`);
  }
  return control as HTMLElement as T;
}

async function type(name: string, text: string): Promise<void> {
  await act(async () => {
    const control = field<HTMLInputElement>(name);
    control.value = text;
    control.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

async function start(): Promise<void> {
  await act(async () => document.querySelector('form')?.requestSubmit());
}

/** What is asked of the service comes back in its own time. */
function soon(check: () => void): Promise<void> {
  return vi.waitFor(
    async () => {
      await act(async () => {});
      check();
    },
    { timeout: 30_000 },
  );
}

const said = (name: string) =>
  document.getElementById(field(name).getAttribute('aria-describedby') ?? '')?.textContent;

test('asks nobody while something is missing, and says so at the field', async () => {
  await start();
  expect(posted).toEqual([]);
  expect(field('Repo').getAttribute('aria-invalid')).toBe('true');
  expect(said('Repo')).toMatch(/Name a repo/);
  await type('Repo', 'api');
  expect(field('Repo').getAttribute('aria-invalid')).toBe('false');
});

test('starts the task on each chosen host and shows what the service refuses at its field', async () => {
  await act(async () => field('dev-1').click());
  await act(async () => field('dev-2').click());
  await type('Repo', 'api');
  await type('What is to be done', 'fix it');
  await type('From branch', 'nowhere');
  await start();
  expect(posted.map((each) => [each.host, each.prompt, each.base])).toEqual([
    ['dev-1', 'fix it', 'nowhere'],
    ['dev-2', 'fix it', 'nowhere'],
  ]);
  await soon(() => expect(said('From branch')).toMatch(/dev-[12]: no branch nowhere/));
  expect(document.querySelectorAll('.run').length).toBe(2);
});

test('tells each step of a start as the board and the log tell it', async () => {
  await act(async () => field('dev-1').click());
  await type('Repo', 'api');
  await start();
  const id = posted[0]?.id ?? '';
  const entry = (kind: string, step: string | null, text: string): LogEntry => ({
    seq: log.length,
    at: '2026-01-01T00:00:00Z',
    kind,
    step,
    text,
    output: kind === 'failed' ? '<b>no such package' : null,
  });
  log = [entry('step', 'worktree', 'begins'), entry('step', 'worktree', 'done')];
  const row = { id, host: 'dev-1', name: 'fix-it', state: 'preparing', lifecycle: 'preparing', detail: 'setup' };
  const show = (part: Partial<SessionRow>) =>
    act(async () => {
      live.value = { ...live.value, sessions: new Map([[id, { ...row, ...part } as SessionRow]]) };
    });
  await show({});
  await soon(() =>
    expect(document.querySelector('.steps')?.textContent).toBe('done: worktree'),
  );
  log.push(entry('failed', 'setup', 'npm ci ended with 1'));
  await show({ state: 'failed', lifecycle: 'ended' });
  await soon(() =>
    expect(document.querySelector('.steps .failed')?.textContent).toContain('npm ci ended with 1'),
  );
  expect(document.querySelector('.run pre')?.textContent).toBe('<b>no such package');
});
