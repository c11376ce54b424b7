import { expect, test } from 'vitest';
import { amount, days, ticks } from './usage';

const row = (name: string, costUsd: number) => ({
  name,
  sessions: 1,
  costUsd,
  inputTokens: 3,
  outputTokens: 4,
  linesAdded: 0,
  linesRemoved: 0,
});

test('shows days without use too, over months and changes of clocks', () => {
  const shown = days([row('2026-03-28', 1), row('2026-03-30', 2)], '2026-03-27', new Date(2026, 3, 2));
  expect(shown.map((each) => each.name)).toEqual([
    '2026-03-27',
    '2026-03-28',
    '2026-03-29',
    '2026-03-30',
    '2026-03-31',
    '2026-04-01',
    '2026-04-02',
  ]);
  expect(shown.map((each) => each.costUsd)).toEqual([0, 1, 0, 2, 0, 0, 0]);
});

test('shows the service’s today, which may be later than the browser’s', () => {
  expect(days([row('2026-01-02', 1)], '2026-01-01', new Date(2026, 0, 1)).length).toBe(2);
});

test('draws round axes that hold everything', () => {
  for (const largest of [0.0123, 0.3, 1, 7, 9.99, 42, 1234, 5e6]) {
    const axis = ticks(largest);
    expect(axis.length).toBeGreaterThanOrEqual(3);
    expect(axis.length).toBeLessThanOrEqual(5);
    expect(axis.at(-1)).toBeGreaterThanOrEqual(largest * 0.999999);
    expect(axis.at(-1)).toBeLessThan(largest * 2);
  }
  expect(ticks(0)).toEqual([0, 1]);
});

test('adds tokens up both ways', () => {
  expect(amount(row('x', 2), 'tokens')).toBe(7);
  expect(amount(row('x', 2), 'cost')).toBe(2);
});
