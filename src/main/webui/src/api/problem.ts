import type { Problem } from './types';

/** A request that was not done, with the service's sentence and fix. */
export class NotDone extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** The field of the request that is to blame, if one is. */
export function blamed(failure: unknown): string | null {
  return failure instanceof NotDone ? (failure.problem.field ?? null) : null;
}

/** What to show of any failure: the service's words, or that it could not be asked. */
export function sentence(failure: unknown): string {
  if (failure instanceof NotDone) {
    const { detail, fix } = failure.problem;
    return fix ? `${detail} — ${fix}` : detail;
  }
  return 'The service does not answer. Is `muster serve` running?';
}
