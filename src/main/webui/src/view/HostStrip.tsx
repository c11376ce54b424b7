import type { HostRow } from '../api/types';
import { address, go } from '../lib/address';
import { line } from '../lib/text';
import { age } from '../lib/time';
import { live, now } from '../live/store';

/** More are a page of their own. */
const MOST = 12;

/** The hosts above their sessions, those that can't be asked first; a click shows one's alone. */
export function HostStrip() {
  const hosts = [...live.value.hosts.values()];
  const { filter } = address.value;
  const away = (row: HostRow) => row.state !== 'online';
  const ordered = [...hosts.filter(away), ...hosts.filter((row) => !away(row))];
  const rest = ordered.length - MOST;
  if (hosts.length === 0) {
    return null;
  }
  return (
    <ul class="strip" aria-label="Hosts">
      {ordered.slice(0, MOST).map((row) => {
        const only = filter.hosts.length === 1 && filter.hosts[0] === row.name;
        return (
          <li key={row.name}>
            <button
              type="button"
              class={`host ${away(row) ? 'away' : 'there'}`}
              aria-pressed={only}
              title={row.detail ? line(row.detail) : line(row.target, 100)}
              onClick={() => go({ filter: { ...filter, hosts: only ? [] : [row.name] } })}
            >
              <span class="dot" aria-hidden="true" />
              <bdi>{line(row.name, 40)}</bdi>
              {away(row) ? (
                <small>
                  {row.state} {age(row.since, now.value)}
                </small>
              ) : (
                <small>
                  {row.sessions}
                  <span class="hidden"> sessions, online</span>
                </small>
              )}
              {row.problems.length > 0 && <small class="warns">{row.problems.length} to fix</small>}
            </button>
          </li>
        );
      })}
      {rest > 0 && (
        <li>
          <button type="button" class="link" onClick={() => go({ page: 'hosts' }, true)}>
            and {rest} more
          </button>
        </li>
      )}
    </ul>
  );
}
