import { useEffect, useRef, useState } from 'preact/hooks';
import type { RequestRow } from '../api/types';
import { live } from '../live/store';

/** A request as a list shows it: one that was answered keeps its place for a while. */
export interface Item {
  row: RequestRow;
  settled: boolean;
}

/** For so long: nothing may jump under a hand that is about to press Allow. */
const LINGERS = 15_000;

/** What waits, oldest first, with what has just been answered, here or elsewhere. */
export function useWaiting(session: string | null): Item[] {
  const known = useRef(new Map<string, { row: RequestRow; until: number | null }>());
  const [, again] = useState(0);
  const { requests } = live.value;
  const now = Date.now();
  for (const row of requests.values()) {
    if (session === null || row.session === session) {
      known.current.set(row.id, { row, until: null });
    }
  }
  for (const [id, item] of known.current) {
    if (requests.has(id)) {
      continue;
    }
    item.until ??= now + LINGERS;
    if (item.until <= now || (session !== null && item.row.session !== session)) {
      known.current.delete(id);
    }
  }
  const ends = [...known.current.values()].flatMap((each) => each.until ?? []);
  const first = Math.min(...ends);
  useEffect(() => {
    if (!Number.isFinite(first)) {
      return;
    }
    const timer = setTimeout(() => again((count) => count + 1), Math.max(50, first - Date.now()));
    return () => clearTimeout(timer);
  }, [first]);
  return [...known.current.values()]
    .sort((a, b) => Date.parse(a.row.askedAt) - Date.parse(b.row.askedAt))
    .map(({ row, until }) => ({ row, settled: until !== null }));
}
