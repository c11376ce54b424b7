import { expect, test } from 'vitest';
import type { LogEntry } from '../api/types';
import { steps } from './steps';

let seq = 0;
const entry = (kind: string, step: string | null, text = '', output: string | null = null): LogEntry => ({
  seq: seq++,
  at: '2026-01-01T00:00:00Z',
  kind,
  step,
  text,
  output,
});

test('tells how far each step has come', () => {
  const log = [
    entry('asked', null, 'start was asked for'),
    entry('step', 'worktree', 'begins'),
    entry('step', 'worktree', 'done'),
    entry('step', 'setup', 'begins'),
  ];
  expect(steps(log).map((step) => [step.name, step.state])).toEqual([
    ['worktree', 'done'],
    ['setup', 'runs'],
  ]);
  log.push(entry('failed', 'setup', 'npm ci ended with 1.', 'no such package'));
  expect(steps(log).at(-1)).toEqual({
    name: 'setup',
    state: 'failed',
    text: 'npm ci ended with 1.',
    output: 'no such package',
  });
});

test('begins anew with a run, and ends with the agent', () => {
  const log = [
    entry('asked', null),
    entry('failed', null, 'not launched'),
    entry('asked', null),
    entry('started', null),
    entry('state', null, 'working'),
  ];
  expect(steps(log).map((step) => [step.name, step.state])).toEqual([['agent', 'done']]);
});
