import { expect, test } from 'vitest';
import type { SessionRow } from '../api/types';
import { ALL, matches, sections } from './filter';
import { read, write } from './address';

function row(over: Partial<SessionRow>): SessionRow {
  return {
    id: '01K00000000000000000000001',
    name: 'orders',
    host: 'dev-1',
    repo: 'api',
    branch: 'muster/orders',
    base: null,
    worktree: null,
    agent: 'claude',
    model: null,
    lifecycle: 'running',
    state: 'working',
    detail: 'Bash: npm test',
    since: '2026-01-01T00:00:00Z',
    asOf: '2026-01-01T00:00:00Z',
    createdAt: '2026-01-01T00:00:00Z',
    stale: false,
    estimated: false,
    managed: true,
    owner: 'this',
    changes: null,
    usage: null,
    labels: { team: 'core' },
    account: null,
    exitCode: null,
    signal: null,
    prompt: null,
    until: null,
    ...over,
  };
}

test('puts what needs a person first, the newest of it on top', () => {
  const shown = sections(
    [
      row({ id: 'a', state: 'working' }),
      row({ id: 'b', state: 'needs-input', since: '2026-01-01T00:00:00Z' }),
      row({ id: 'c', state: 'finished', lifecycle: 'ended' }),
      row({ id: 'd', state: 'needs-input', since: '2026-01-01T00:01:00Z' }),
    ],
    ALL,
  );
  expect(shown.map((each) => [each.title, ...each.rows.map((r) => r.id)])).toEqual([
    ['Needs you', 'd', 'b'],
    ['Running', 'a'],
    ['Ended', 'c'],
  ]);
});

test('finds by every word, by host, state, repo and label', () => {
  expect(matches(row({}), { ...ALL, text: 'NPM orders' })).toBe(true);
  expect(matches(row({}), { ...ALL, text: 'npm payments' })).toBe(false);
  expect(matches(row({}), { ...ALL, hosts: ['dev-2'] })).toBe(false);
  expect(matches(row({}), { ...ALL, labels: ['team=core'] })).toBe(true);
  expect(matches(row({}), { ...ALL, labels: ['team=web'] })).toBe(false);
  expect(matches(row({}), { ...ALL, labels: ['team'] })).toBe(true);
});

test('keeps all of it in the address', () => {
  const search =
    '?page=hosts&q=a+b&host=dev-1&host=dev-2&label=team%3Dcore&group=repo' +
    '&pane=01K00000000000000000000001.diff&pane=01K00000000000000000000002.terminal&split=40.0';
  expect(write(read(search))).toBe(search);
  expect(write(read('?page=nonsense&pane=../../x&split=200'))).toBe('');
});
