import { useEffect, useRef, useState } from 'preact/hooks';
import { NotDone, sentence } from '../api/problem';
import type { AnswerRequest, RequestRow } from '../api/types';
import { ulid } from '../api/ulid';
import { client } from '../live/store';
import { isUnclear } from './deliver';

/** An answer as a button means it. */
export type Meant = Partial<AnswerRequest> & Pick<AnswerRequest, 'decision'>;

/**
 * - `open`: to be answered
 * - `sending`: an answer is on its way
 * - `done`: somebody's answer counts, this one or a faster one
 * - `unclear`: it may have been given; only the same answer may be tried again
 */
export type Phase = 'open' | 'sending' | 'done' | 'unclear';

/** Answers a request once, and says what became of that. */
export function useAnswer(row: RequestRow) {
  const [phase, setPhase] = useState<Phase>('open');
  const [said, setSaid] = useState('');
  const given = useRef<AnswerRequest | null>(null);
  const give = async (answer: AnswerRequest) => {
    given.current = answer;
    setPhase('sending');
    try {
      setSaid((await client.answer(row.id, answer)).text);
      setPhase('done');
    } catch (failure) {
      setSaid(sentence(failure));
      setPhase(afterwards(failure));
    }
  };
  return {
    phase,
    said,
    answer: (meant: Meant) =>
      void give({
        id: ulid(),
        always: false,
        reason: null,
        interrupt: false,
        choices: null,
        other: false,
        ...meant,
      }),
    again: () => given.current && void give(given.current),
  };
}

/** Where a failed answer leaves its request. */
export function afterwards(failure: unknown): Phase {
  if (isUnclear(failure)) {
    return 'unclear';
  }
  // Somebody was faster, or nobody waits any more.
  return failure instanceof NotDone && [404, 409].includes(failure.problem.status) ? 'done' : 'open';
}

/** A request with its whole input, which the board may have cut or left on the host. */
export function useWhole(row: RequestRow): { row: RequestRow; whole: boolean; failure: string } {
  const [fetched, setFetched] = useState<RequestRow | null>(null);
  const [failure, setFailure] = useState('');
  const missing = row.cut || row.input === null;
  useEffect(() => {
    if (!missing) {
      return;
    }
    const abort = new AbortController();
    client.request(row.id, abort.signal).then(setFetched, (why: unknown) => {
      if (!abort.signal.aborted) {
        setFailure(sentence(why));
      }
    });
    return () => abort.abort();
  }, [row.id, missing]);
  if (!missing) {
    return { row, whole: true, failure: '' };
  }
  return { row: fetched ?? row, whole: fetched !== null && !fetched.cut, failure };
}

/** Who answered a request that does not wait any more, and when, in the service's words. */
export function useSettlement(row: RequestRow, settled: boolean): string {
  const [text, setText] = useState('');
  useEffect(() => {
    if (!settled) {
      return;
    }
    const abort = new AbortController();
    client.request(row.id, abort.signal).then(
      () => undefined,
      (why: unknown) => {
        if (!abort.signal.aborted && why instanceof NotDone) {
          setText(why.problem.detail);
        }
      },
    );
    return () => abort.abort();
  }, [row.id, settled]);
  return text;
}
