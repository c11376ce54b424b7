import { expect, test } from 'vitest';
import { cut, line, parts, safe } from './text';

test('shows what would hide or reorder text', () => {
  expect(safe('a\u202Eb')).toBe('a\uFFFDb');
  expect(safe('pay\u200Bpal')).toBe('pay\uFFFDpal');
  expect(safe('\u001b[2J')).toBe('␛[2J');
  expect(safe('\u{e0041}x')).toBe('\uFFFDx');
});

test('leaves ordinary text of any language as it is', () => {
  const text = 'naïve 日本語 العربية עברית 👍🏽 \t x\n';
  expect(safe(text)).toBe(text);
});

test('makes one line of many and cuts it', () => {
  expect(line('a\n\n  b')).toBe('a b');
  expect(line('x'.repeat(10_000_000), 10)).toBe(`${'x'.repeat(10)}…`);
});

test('names what is not seen', () => {
  expect(parts('a\u202Eb\u001b\u{e0041}')).toEqual([
    { text: 'a', unseen: false },
    { text: 'U+202E', unseen: true },
    { text: 'b', unseen: false },
    { text: 'ESC', unseen: true },
    { text: 'U+E0041', unseen: true },
  ]);
  expect(parts('')).toEqual([]);
});

test('cuts between characters', () => {
  expect(cut('a👍b', 2)).toEqual({ text: 'a', left: 3 });
  expect(cut('a👍b', 3)).toEqual({ text: 'a👍', left: 1 });
  expect(cut('ab', 2)).toEqual({ text: 'ab', left: 0 });
});
