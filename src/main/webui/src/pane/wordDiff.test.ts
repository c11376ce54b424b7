import { expect, test } from 'vitest';
import type { PatchLine } from './patch';
import { changedWords, cutAt } from './wordDiff';

function patch(...lines: [PatchLine['kind'], string][]): PatchLine[] {
  return lines.map(([kind, text]) => ({ kind, text, old: null, new: null }));
}

/** The changed pieces of each line. */
function changed(lines: PatchLine[]): string[][] {
  const spans = changedWords(lines);
  return lines.map((each) => (spans.get(each) ?? []).map(([from, to]) => each.text.slice(from, to)));
}

test('marks the words that changed, and no others', () => {
  const query = ['removed', 'return db.query("SELECT * FROM orders ORDER BY id")'] as const;
  expect(
    changed(patch([...query], ['added', 'return db.query("SELECT * FROM orders WHERE paid ORDER BY id")'])),
  ).toEqual([[], ['WHERE paid ']]);
  expect(changed(patch(['removed', 'let größe = 1;'], ['added', 'let größen = 2;']))).toEqual([
    ['größe', '1'],
    ['größen', '2'],
  ]);
});

test('marks nothing in lines that have little in common, or that stand alone', () => {
  expect(changed(patch(['removed', 'import a from b'], ['added', 'return 7']))).toEqual([[], []]);
  expect(changed(patch(['added', 'new'], ['context', 'old'], ['removed', 'gone']))).toEqual([[], [], []]);
  expect(changed(patch(['removed', ''], ['added', '']))).toEqual([[], []]);
});

test('compares each line with the one in whose place it came', () => {
  expect(
    changed(
      patch(['removed', 'a = 1'], ['removed', 'b = 2'], ['added', 'a = 10'], ['added', 'b = 20']),
    ),
  ).toEqual([['1'], ['2'], ['10'], ['20']]);
});

test('passes over lines that are too long to be compared', () => {
  const long = 'x '.repeat(600);
  expect(changed(patch(['removed', `${long}a`], ['added', `${long}b`]))).toEqual([[], []]);
});

test('cuts tokens where a mark begins or ends', () => {
  const tokens = [{ text: 'let ' }, { text: 'abc' }, { text: ' = 1' }];
  const pieces = cutAt(tokens, [[2, 5], [8, 11]]);
  expect(pieces.map(({ text, changed: is }) => (is ? `[${text}]` : text))).toEqual([
    'le',
    '[t ]',
    '[a]',
    'bc',
    ' ',
    '[= 1]',
  ]);
  expect(pieces.map(({ of }) => tokens.indexOf(of))).toEqual([0, 0, 1, 1, 2, 2]);
});
