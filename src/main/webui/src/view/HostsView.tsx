import type { HostRow } from '../api/types';
import { go } from '../lib/address';
import { ALL } from '../lib/filter';
import { line } from '../lib/text';
import { age } from '../lib/time';
import { live, now } from '../live/store';

export function HostsView() {
  const hosts = [...live.value.hosts.values()];
  return (
    <section class="hosts" aria-label="Hosts">
      {hosts.length === 0 && <p class="empty">No hosts.</p>}
      <ul class="cards">
        {hosts.map((row) => (
          <HostCard key={row.name} row={row} />
        ))}
      </ul>
    </section>
  );
}

function HostCard({ row }: { row: HostRow }) {
  const online = row.state === 'online';
  return (
    <li class={`card${online ? '' : ' stale'}`}>
      <h2>
        <bdi>{row.name}</bdi> <span class={`pill ${online ? 'good' : 'bad'}`}>{row.state}</span>
      </h2>
      <p class="muted">
        <bdi>{line(row.target, 100)}</bdi>
        {row.latencyMs !== null && ` · ${row.latencyMs} ms`}
        {!online && row.asOf && ` · last heard of ${age(row.asOf, now.value)} ago`}
      </p>
      {row.detail && <p>{line(row.detail)}</p>}
      <ul class="problems">
        {row.problems.map((problem) => (
          <li key={problem.what + problem.detail}>
            <b>{line(problem.what, 40)}</b>: {line(problem.detail)}
            {problem.fix && <span class="fix"> {line(problem.fix)}</span>}
          </li>
        ))}
      </ul>
      <p class="muted">
        {Object.entries(row.versions)
          .map(([what, version]) => `${what} ${line(version, 40)}`)
          .join(' · ')}
      </p>
      <button
        type="button"
        class="quiet"
        onClick={() => go({ page: 'board', filter: { ...ALL, hosts: [row.name] } }, true)}
      >
        {row.sessions} {row.sessions === 1 ? 'session' : 'sessions'}
      </button>
    </li>
  );
}
