import { expect, test } from 'vitest';
import { quota } from './quota';

const NOW = new Date(2026, 0, 15, 12, 0).getTime();
const at = (hours: number) => new Date(NOW + hours * 3_600_000).toISOString();

test('tells what is used and when that is over', () => {
  const today = quota({ usedPercent: 63, resetsAt: at(2) }, NOW);
  expect(today).toMatchObject({ percent: 63, over: false });
  expect(today?.resets).toMatch(/^0?2:00 PM$|^14:00$/);
  expect(quota({ usedPercent: 63, resetsAt: at(72) }, NOW)?.resets).toMatch(/18/);
});

test('counts nothing of a window that has begun anew since', () => {
  expect(quota({ usedPercent: 97, resetsAt: at(-1) }, NOW)).toEqual({
    percent: 0,
    resets: null,
    over: true,
  });
});

test('knows nothing where nothing was told', () => {
  expect(quota(null, NOW)).toBe(null);
  expect(quota({ usedPercent: null, resetsAt: at(1) }, NOW)).toBe(null);
  expect(quota({ usedPercent: 5, resetsAt: null }, NOW)).toEqual({ percent: 5, resets: null, over: false });
});
