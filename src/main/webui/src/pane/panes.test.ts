import { expect, test } from 'vitest';
import { keyed } from './Divider';

test('moves a divider by keys, and never to the edge', () => {
  expect(keyed(50, 'ArrowLeft', false)).toBe(48);
  expect(keyed(50, 'ArrowDown', true)).toBe(60);
  expect(keyed(16, 'ArrowUp', false)).toBe(15);
  expect(keyed(84, 'ArrowRight', true)).toBe(85);
  expect(keyed(30, 'Home', false)).toBe(15);
  expect(keyed(30, 'End', false)).toBe(85);
  expect(keyed(30, 'Enter', false)).toBe(50);
  expect(keyed(30, 'a', false)).toBe(null);
});
