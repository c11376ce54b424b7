import { expect, test } from 'vitest';
import { offsets, within } from './offsets';

test('finds exactly what touches a stretch, whatever the heights', () => {
  const heights = Array.from({ length: 200 }, (_, i) => 20 + ((i * 7919) % 60));
  const tops = offsets(heights);
  const total = tops.at(-1) ?? 0;
  for (let from = -500; from < total + 500; from += 37) {
    const to = from + 300;
    const [first, end] = within(tops, from, to);
    for (let i = 0; i < heights.length; i++) {
      const touches = (tops[i] ?? 0) < to && (tops[i + 1] ?? 0) > from;
      if (touches) {
        expect(i >= first && i < end, `row ${i} at ${from}`).toBe(true);
      }
    }
    expect(end - first).toBeLessThanOrEqual(17);
  }
});

test('has nothing of nothing', () => {
  expect(offsets([])).toEqual([0]);
  expect(within([0], -100, 1000)).toEqual([0, 0]);
});
