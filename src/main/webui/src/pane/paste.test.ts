import { expect, test } from 'vitest';
import { isRisky, pasted } from './paste';

test('takes a word as it is', () => {
  expect(pasted('git status\t--short')).toEqual({
    text: 'git status\t--short',
    lines: 1,
    dropped: 0,
  });
  expect(isRisky(pasted('über 日本語'))).toBe(false);
});

test('asks before anything with a line end', () => {
  expect(isRisky(pasted('rm -rf /\n'))).toBe(true);
  expect(pasted('a\r\nb\rc\n')).toEqual({ text: 'a\nb\nc\n', lines: 3, dropped: 0 });
});

test('leaves out what would end a bracketed paste', () => {
  const escape = pasted('a\u001b[201~\u0003b');
  expect(escape).toEqual({ text: 'a[201~b', lines: 1, dropped: 2 });
  expect(isRisky(escape)).toBe(true);
});
