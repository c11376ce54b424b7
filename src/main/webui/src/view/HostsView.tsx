import { useState } from 'preact/hooks';
import type { HostRow } from '../api/types';
import { go } from '../lib/address';
import { room } from '../lib/amount';
import { ALL, hostNeedsYou } from '../lib/filter';
import { line } from '../lib/text';
import { age, moment } from '../lib/time';
import { live, now } from '../live/store';
import { DoctorPanel } from './DoctorPanel';
import { ForgetHost, TrustHost, UnlockHost } from './HostAccess';
import { Meter } from './Meter';
import './hosts.css';

/** Every host: how it is reached, how it does, what is wrong with it and what to do. */
export function HostsView() {
  const hosts = [...live.value.hosts.values()];
  const [text, setText] = useState('');
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = hosts.filter((row) => {
    const hay = `${row.name}\n${row.target}\n${row.state}\n${Object.entries(row.labels)}`.toLowerCase();
    return words.every((word) => hay.includes(word));
  });
  const online = hosts.filter((row) => row.state === 'online').length;
  // Those that only a person can help come first; the others keep the order of their file.
  const ordered = [...shown.filter(hostNeedsYou), ...shown.filter((row) => !hostNeedsYou(row))];
  return (
    <section class="hosts" aria-label="Hosts">
      <div class="filters" role="search" aria-label="Hosts">
        <input
          id="search"
          type="search"
          aria-label="Filter hosts by text"
          placeholder="Filter"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <span class="muted">
          {online} of {hosts.length} online
        </span>
      </div>
      {hosts.length === 0 && (
        <p class="empty">
          No hosts. They are read from <code>~/.config/muster/hosts.yaml</code>.
        </p>
      )}
      {hosts.length > 0 && shown.length === 0 && <p class="empty">No host matches.</p>}
      <ul class="hostcards">
        {ordered.map((row) => (
          <HostCard key={row.name} row={row} />
        ))}
      </ul>
    </section>
  );
}

function HostCard({ row }: { row: HostRow }) {
  const [examining, setExamining] = useState(false);
  const online = row.state === 'online';
  const tone = online ? 'good' : row.state === 'connecting' ? 'still' : 'bad';
  return (
    <li class={`card hostcard ${online ? '' : 'stale'}`} data-host={row.name}>
      <header>
        <h2>
          <bdi>{line(row.name, 64)}</bdi>
        </h2>
        <span class={`pill ${tone}`}>{row.state}</span>
        <small title={moment(row.since)}>since {age(row.since, now.value)}</small>
      </header>
      <p class="muted reached">
        <bdi>{line(row.target, 100)}</bdi>
        {!online && row.asOf && ` · last heard of ${age(row.asOf, now.value)} ago`}
      </p>
      {row.detail && <p class={online ? '' : 'why'}>{line(row.detail)}</p>}
      <Vitals row={row} />
      {row.problems.length > 0 && (
        <ul class="findings">
          {row.problems.map((problem) => (
            <li key={problem.what + problem.detail}>
              <span class="sign warning" aria-hidden="true" />
              <div>
                <b>{line(problem.what, 40)}</b> {line(problem.detail)}
                {problem.fix && <p class="fix">{line(problem.fix)}</p>}
              </div>
            </li>
          ))}
        </ul>
      )}
      <p class="muted tags">
        {Object.entries(row.labels).map(([key, value]) => (
          <bdi class="tag" key={key}>
            {line(`${key}=${value}`, 60)}
          </bdi>
        ))}
        {Object.entries(row.versions).map(([what, version]) => (
          <bdi key={what}>{line(`${what} ${version}`, 60)}</bdi>
        ))}
      </p>
      <div class="actions">
        <button
          type="button"
          class="quiet"
          disabled={row.sessions === 0}
          onClick={() => go({ page: 'board', filter: { ...ALL, hosts: [row.name] } }, true)}
        >
          {row.sessions} {row.sessions === 1 ? 'session' : 'sessions'}
        </button>
        {row.state !== 'disabled' && (
          <button
            type="button"
            class="quiet"
            aria-expanded={examining}
            aria-label={`Doctor of ${row.name}`}
            onClick={() => setExamining(!examining)}
          >
            Doctor
          </button>
        )}
        {row.state.startsWith('host-key-') && <TrustHost row={row} />}
        {row.secret && <UnlockHost row={row} />}
        {row.state === 'disabled' && <ForgetHost row={row} />}
      </div>
      {examining && <DoctorPanel host={row.name} />}
    </li>
  );
}

/** Latency, load and disk, as the host says them by itself. */
function Vitals({ row }: { row: HostRow }) {
  const { disk, load } = row;
  const used = disk && disk.sizeKib > 0 ? 100 - (disk.freeKib / disk.sizeKib) * 100 : null;
  const busy = load?.cpus ? (load.average / load.cpus) * 100 : null;
  return (
    <dl class="vitals">
      <div>
        <dt>Latency</dt>
        <dd>{row.latencyMs !== null ? `${row.latencyMs} ms` : row.target === 'local' ? 'local' : '–'}</dd>
      </div>
      <div>
        <dt>Load</dt>
        <dd>
          {load ? load.average.toFixed(2) : '–'}
          {load?.cpus && <small> of {load.cpus}</small>}
          {busy !== null && <Meter percent={busy} high={100} />}
        </dd>
      </div>
      <div>
        <dt>Disk free</dt>
        <dd>
          {disk ? (
            <>
              {room(disk.freeKib)} <small>of {room(disk.sizeKib)}</small>
            </>
          ) : (
            '–'
          )}
          {used !== null && <Meter percent={used} high={95} />}
        </dd>
      </div>
    </dl>
  );
}
