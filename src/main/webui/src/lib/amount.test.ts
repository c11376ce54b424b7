import { expect, test } from 'vitest';
import { count, dollars, room } from './amount';

test('says how much room there is', () => {
  expect([0, 300, 1024, 422_000, 4_100_000, 41_943_040, 3_221_225_472].map(room)).toEqual([
    '0 KiB',
    '300 KiB',
    '1 MiB',
    '412 MiB',
    '3.9 GiB',
    '40 GiB',
    '3.0 TiB',
  ]);
});

test('shortens counts without losing their size', () => {
  expect([0, 999, 1000, 1234, 99_960, 999_499, 999_999, 12_345_678].map(count)).toEqual([
    '0',
    '999',
    '1.0k',
    '1.2k',
    '100k',
    '999k',
    '1.0M',
    '12M',
  ]);
});

test('shows cents where they count', () => {
  expect([0, 0.004, 0.5, 12.345, 1234.5].map(dollars)).toEqual([
    '$0.00',
    '<$0.01',
    '$0.50',
    '$12.35',
    '$1,235',
  ]);
});
