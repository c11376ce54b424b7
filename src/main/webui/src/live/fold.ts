import type { AccountRow, Board, BoardChange, BoardProblem, HostRow, RequestRow, SessionRow, Totals } from '../api/types';

/** The board as maps: rows that did not change keep their identity, so that nothing redraws them. */
export interface Live {
  asOf: string;
  totals: Totals;
  hosts: ReadonlyMap<string, HostRow>;
  sessions: ReadonlyMap<string, SessionRow>;
  requests: ReadonlyMap<string, RequestRow>;
  accounts: ReadonlyMap<string, AccountRow>;
  problems: readonly BoardProblem[];
}

export const NOTHING: Live = {
  asOf: '',
  totals: { sessions: 0, needsYou: 0 },
  hosts: new Map(),
  sessions: new Map(),
  requests: new Map(),
  accounts: new Map(),
  problems: [],
};

export function whole(board: Board): Live {
  return {
    asOf: board.asOf,
    totals: board.totals,
    hosts: new Map(board.hosts.map((row) => [row.name, row])),
    sessions: new Map(board.sessions.map((row) => [row.id, row])),
    requests: new Map(board.requests.map((row) => [row.id, row])),
    accounts: new Map(board.accounts.map((row) => [row.name, row])),
    problems: board.problems ?? [],
  };
}

export function changed(before: Live, change: BoardChange): Live {
  return {
    asOf: change.asOf,
    totals: change.totals,
    hosts: merged(before.hosts, change.hosts, (row) => row.name, change.goneHosts),
    sessions: merged(before.sessions, change.sessions, (row) => row.id, change.goneSessions),
    requests: merged(before.requests, change.requests, (row) => row.id, change.goneRequests),
    accounts: merged(before.accounts, change.accounts, (row) => row.name, change.goneAccounts),
    problems: change.problems ?? before.problems,
  };
}

function merged<T>(
  before: ReadonlyMap<string, T>,
  rows: readonly T[],
  key: (row: T) => string,
  gone: readonly string[],
): ReadonlyMap<string, T> {
  if (rows.length === 0 && gone.length === 0) {
    return before;
  }
  const next = new Map(before);
  gone.forEach((name) => next.delete(name));
  rows.forEach((row) => next.set(key(row), row));
  return next;
}
