import type { Board, BoardChange } from '../api/types';

/** How the event stream stands. */
export type StreamState = 'connecting' | 'live' | 'broken' | 'signed-out';

/**
 * From a tab to the shared worker; `fresh`: it has just traded a code for its secret; `out`: a
 * person signed this secret out.
 */
export type ToWorker =
  | { kind: 'hello'; secret: string | null; fresh: boolean }
  | { kind: 'bye' }
  | { kind: 'out'; secret: string };

/** From the shared worker to its tabs. */
export type FromWorker =
  | { kind: 'secret'; secret: string | null }
  | { kind: 'state'; state: StreamState }
  | { kind: 'board'; board: Board }
  | { kind: 'change'; change: BoardChange };
