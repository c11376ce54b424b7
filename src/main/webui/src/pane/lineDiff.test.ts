import { expect, test } from 'vitest';
import { lineDiff } from './lineDiff';

function shape(before: string, after: string): string[] {
  const marks = { context: ' ', added: '+', removed: '-', hunk: '@', note: '\\' };
  return lineDiff(before, after).map((line) => marks[line.kind] + line.text);
}

test('finds the shortest change', () => {
  expect(shape('a\nb\nc\na\nb\nb\na', 'c\nb\na\nb\na\nc').filter((line) => line[0] !== ' ')).toHaveLength(5);
  expect(shape('a\nb\nc', 'a\nx\nc')).toEqual([' a', '-b', '+x', ' c']);
  expect(shape('', 'a\nb')).toEqual(['+a', '+b']);
  expect(shape('a', '')).toEqual(['-a']);
  expect(shape('a\nb', 'a\nb')).toEqual([' a', ' b']);
  expect(shape('a\nb', 'b\na')).toHaveLength(3);
});

test('gives both texts back, whatever they are', () => {
  let seed = 7;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let i = 0; i < 300; i++) {
    const text = () => Array.from({ length: random(12) }, () => 'abc'[random(3)]).join('\n');
    const [before, after] = [text(), text()];
    const lines = lineDiff(before, after);
    const side = (other: string) =>
      lines.filter((line) => line.kind !== other).map((line) => line.text).join('\n');
    expect([side('added'), side('removed')]).toEqual([before, after]);
    const numbers = lines.flatMap((line) => (line.new === null ? [] : [line.new]));
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
  }
});

test('gives up on texts that have nothing in common', () => {
  const lines = (mark: string) => Array.from({ length: 5000 }, (_, i) => mark + i).join('\n');
  const found = lineDiff(lines('a'), lines('b'));
  expect(found).toHaveLength(10_000);
  expect(found[0]?.kind).toBe('removed');
});
