import { expect, test } from 'vitest';
import { line, safe } from './text';

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
