import type { Window } from '../api/types';
import { line } from '../lib/text';
import { age } from '../lib/time';
import { quota } from '../lib/quota';
import { live, now } from '../live/store';
import { Meter } from './Meter';

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
        <li key={each.what + each.about} class="warn">
          <b>
            <bdi>{line(each.about, 60)}</bdi>: {line(each.detail)}
          </b>
          {each.fix && <span class="muted"> — {line(each.fix)}</span>}
        </li>
      ))}
      {known.map((row) => (
        <li
          key={row.name}
          class="muted account"
          title={row.asOf ? `As of ${age(row.asOf, now.value)} ago` : ''}
        >
          <b>
            <bdi>{line(row.name, 60)}</bdi>
          </b>
          <Quota name="5 h" window={row.fiveHour} />
          <Quota name="7 d" window={row.sevenDay} />
        </li>
      ))}
    </ul>
  );
}

function Quota({ name, window }: { name: string; window: Window | null }) {
  const known = quota(window, now.value);
  return known ? (
    <span>
      {name}
      <Meter percent={known.percent} high={80} />
      {known.over ? 'reset' : `${Math.round(known.percent)}%`}
      {known.resets && <small> until {known.resets}</small>}
    </span>
  ) : null;
}
