import type { Problem } from './types';

/** A request that was not done, with the service's sentence and fix. */
export class NotDone extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** What to show of any failure: the service's words, or that it could not be asked. */
export function sentence(failure: unknown): string {
  if (failure instanceof NotDone) {
    const { detail, fix } = failure.problem;
    return fix ? `${detail} — ${fix}` : detail;
  }
  return 'The service does not answer. Is `muster serve` running?';
}
