import { expect, test } from 'vitest';
import { NotDone } from '../api/problem';
import type { Problem } from '../api/types';
import { afterwards } from './answering';
import { isUnclear } from './deliver';

function refused(status: number, code: string): NotDone {
  return new NotDone({ status, code, detail: '' } as Problem);
}

test('knows what a failed answer leaves', () => {
  expect(afterwards(refused(409, 'CONFLICT'))).toBe('done');
  expect(afterwards(refused(404, 'NOT_FOUND'))).toBe('done');
  expect(afterwards(refused(503, 'UNREACHABLE'))).toBe('open');
  expect(afterwards(refused(400, 'USAGE'))).toBe('open');
  expect(afterwards(refused(504, 'UNKNOWN'))).toBe('unclear');
  // The connection broke: the service may have got it.
  expect(afterwards(new TypeError('Failed to fetch'))).toBe('unclear');
});

test('never calls it refused when it may have been done', () => {
  expect(isUnclear(new TypeError('Failed to fetch'))).toBe(true);
  expect(isUnclear(refused(504, 'UNKNOWN'))).toBe(true);
  expect(isUnclear(refused(409, 'CONFLICT'))).toBe(false);
});
