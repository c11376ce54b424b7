import { expect, test } from 'vitest';
import type { HostRow, SessionRow } from '../api/types';
import { NOTHING, type Live } from './fold';
import { news, sentence, stands } from './spoken';

function board(sessions: Record<string, string>, hosts: Record<string, string> = {}): Live {
  return {
    ...NOTHING,
    sessions: new Map(
      Object.entries(sessions).map(([id, state]) => [id, { id, name: id, host: 'h', state } as SessionRow]),
    ),
    hosts: new Map(
      Object.entries(hosts).map(([name, state]) => [name, { name, state } as HostRow]),
    ),
  };
}

test('tells what needs a person and what ended, and leaves the rest alone', () => {
  const before = stands(board({ a: 'working', b: 'working', c: 'needs-input', d: 'starting' }));
  const after = stands(board({ a: 'needs-approval', b: 'finished', c: 'working', d: 'working' }));
  expect(news(before, after)).toEqual(['a', 'b']);
  expect(sentence(news(before, after), after)).toBe('h/a: needs-approval. h/b: finished');
});

test('tells of a host that goes and comes', () => {
  const before = stands(board({}, { dev: 'online' }));
  const after = stands(board({}, { dev: 'offline' }));
  expect(sentence(news(before, after), after)).toBe('host dev: offline');
  expect(news(after, before)).toEqual(['host dev']);
});

test('says nothing of what is new, since the first board is all new', () => {
  expect(news(stands(NOTHING), stands(board({ a: 'needs-input' })))).toEqual([]);
});

test('counts many changes instead of reading them all out', () => {
  const names = Array.from({ length: 9 }, (_, i) => `s${i}`);
  const all = (state: string) => stands(board(Object.fromEntries(names.map((n) => [n, state]))));
  expect(sentence(news(all('working'), all('failed')), all('failed'))).toBe('9 changes, 9 need you');
});
