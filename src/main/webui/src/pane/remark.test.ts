import { expect, test } from 'vitest';
import { files } from './patch';
import { place, prompt } from './remark';

const LINES =
  files('diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -9,4 +9,4 @@\n nine\n-ten\n+10\n+```\n eleven\n')[0]
    ?.lines ?? [];

test('says where, what, and what is meant', () => {
  expect(prompt('src/x', LINES, { first: 1, last: 3 }, ' Why a number? ')).toBe(
    'About src/x, lines 9-10:\n\n```diff\n nine\n-ten\n+10\n```\n\nWhy a number?',
  );
  expect(place(LINES, { first: 2, last: 2 })).toBe('line 10 before the change');
  expect(place(LINES, { first: 5, last: 5 })).toBe('line 12');
});

test('fences what holds a fence, and leaves nothing that a terminal would obey', () => {
  expect(prompt('x', LINES, { first: 4, last: 4 }, '')).toBe(
    'About x, line 11:\n\n````diff\n+```\n````',
  );
  const hostile = [{ kind: 'added', text: 'a\u001b[201~\u0003\r', old: null, new: 1 } as const];
  expect(prompt('n\u001b\nb', hostile, { first: 0, last: 0 }, '')).toBe(
    'About n␛␊b, line 1:\n\n```diff\n+a␛[201~␃␍\n```',
  );
});

test('quotes no more than an agent reads', () => {
  const long = [{ kind: 'context', text: 'x'.repeat(10_000_000), old: 1, new: 1 } as const];
  const text = prompt('x', long, { first: 0, last: 0 }, 'Too long.');
  expect(text.length).toBeLessThan(21_000);
  expect(text).toContain('(9980001 more characters)');
});
