import type { Window } from '../api/types';
import { line } from '../lib/text';
import { age } from '../lib/time';
import { quota } from '../lib/quota';
import { live, now } from '../live/store';
import { Meter } from './Meter';

/** Each account with its windows, and when they begin anew. */
export function Accounts() {
  const rows = [...live.value.accounts.values()];
  const sessions = [...live.value.sessions.values()];
  if (rows.length === 0) {
    return null;
  }
  return (
    <ul class="accounts" aria-label="Accounts">
      {rows.map((row) => {
        const using = sessions.filter(
          (each) =>
            each.lifecycle === 'running' &&
            (each.account ?? `${each.agent}@${each.host}`) === row.name,
        ).length;
        return (
          <li key={row.name} class="card">
            <header>
              <h2>
                <bdi>{line(row.name, 60)}</bdi>
              </h2>
              <small>
                {[
                  using > 0 ? `${using} running` : '',
                  row.asOf ? `as of ${age(row.asOf, now.value)} ago` : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </header>
            {row.fiveHour || row.sevenDay ? (
              <>
                <Quota name="5 hours" window={row.fiveHour} />
                <Quota name="7 days" window={row.sevenDay} />
              </>
            ) : (
              <p class="muted">No agent has told what is left of it yet.</p>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Quota({ name, window }: { name: string; window: Window | null }) {
  const known = quota(window, now.value);
  return known ? (
    <div class="quota">
      <span>{name}</span>
      <b>{known.over ? 'has reset' : `${Math.round(known.percent)}% used`}</b>
      <Meter percent={known.percent} high={80} />
      <small>{known.resets && `resets ${known.resets}`}</small>
    </div>
  ) : null;
}
