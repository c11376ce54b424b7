import type { Window } from '../api/types';
import { line } from '../lib/text';
import { age } from '../lib/time';
import { live, now } from '../live/store';

/** Quotas and what runs out, above everything. */
export function Notices() {
  const { accounts, problems } = live.value;
  const known = [...accounts.values()].filter((row) => row.fiveHour || row.sevenDay);
  if (known.length === 0 && problems.length === 0) {
    return null;
  }
  return (
    <ul class="notices">
      {problems.map((each) => (
        <li key={each.what + each.about}>
          <b>{line(each.about, 60)}</b> {line(each.detail)} {each.fix && line(each.fix)}
        </li>
      ))}
      {known.map((row) => (
        <li key={row.name} class="muted">
          <b>{line(row.name, 60)}</b>
          <Quota name="5 h" window={row.fiveHour} />
          <Quota name="7 d" window={row.sevenDay} />
          {row.asOf && ` · ${age(row.asOf, now.value)} ago`}
        </li>
      ))}
    </ul>
  );
}

function Quota({ name, window }: { name: string; window: Window | null }) {
  if (window?.usedPercent == null) {
    return null;
  }
  const over = window.resetsAt !== null && Date.parse(window.resetsAt) <= now.value;
  return (
    <span>
      {' · '}
      {name}: {over ? 'reset' : `${Math.round(window.usedPercent)}%`}
      {!over && window.resetsAt && ` until ${resets(window.resetsAt, now.value)}`}
    </span>
  );
}

/** The hour today, else the day too, in the reader's own time zone. */
export function resets(at: string, today: number): string {
  const when = new Date(at);
  const time = when.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return when.toDateString() === new Date(today).toDateString()
    ? time
    : `${when.toLocaleDateString([], { weekday: 'short', day: 'numeric', month: 'short' })} ${time}`;
}
