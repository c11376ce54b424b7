import type { Window } from '../api/types';

/** How an account's window stands now. */
export interface Quota {
  /** 0 to 100; what was told before the window began anew counts no more. */
  percent: number;
  /** When it begins anew, in the reader's own time zone; null when that is past or not told. */
  resets: string | null;
  /** Whether it has begun anew since it was told of. */
  over: boolean;
}

/** Null where no agent has told. */
export function quota(window: Window | null, now: number): Quota | null {
  if (window?.usedPercent == null) {
    return null;
  }
  const over = window.resetsAt !== null && Date.parse(window.resetsAt) <= now;
  return {
    percent: over ? 0 : window.usedPercent,
    resets: over || window.resetsAt === null ? null : moment(window.resetsAt, now),
    over,
  };
}

/** The hour today, else the day too. */
function moment(at: string, now: number): string {
  const when = new Date(at);
  const time = when.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return when.toDateString() === new Date(now).toDateString()
    ? time
    : `${when.toLocaleDateString([], { weekday: 'short', day: 'numeric', month: 'short' })} ${time}`;
}
