import { expect, test } from 'vitest';
import type { PatchLine } from './patch';
import { sides } from './rows';

function line(kind: PatchLine['kind'], text: string): PatchLine {
  return { kind, text, old: null, new: null };
}

test('puts what came beside what went', () => {
  const rows = sides([
    line('hunk', '@@'),
    line('context', 'a'),
    line('removed', 'b'),
    line('removed', 'c'),
    line('added', 'B'),
    line('context', 'd'),
    line('added', 'e'),
    line('removed', 'f'),
  ]);
  expect(rows.map((row) => [row.left?.text, row.right?.text, row.across?.text])).toEqual([
    [undefined, undefined, '@@'],
    ['a', 'a', undefined],
    ['b', 'B', undefined],
    ['c', undefined, undefined],
    ['d', 'd', undefined],
    [undefined, 'e', undefined],
    ['f', undefined, undefined],
  ]);
});
