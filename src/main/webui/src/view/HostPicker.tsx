import { useState } from 'preact/hooks';
import type { HostRow } from '../api/types';
import type { FormPart } from '../lib/start';
import { line } from '../lib/text';
import { live } from '../live/store';

/** More than this, and a person looks for one by its name. */
const MANY = 12;

/** Where: hosts to tick, each with how it does and whether it has the repo. */
export function HostPicker({ form, errors, change, choices }: FormPart) {
  const [text, setText] = useState('');
  const hosts = [...live.value.hosts.values()].filter((row) => row.state !== 'disabled');
  const shown = hosts.filter((row) => row.name.includes(text) || form.hosts.includes(row.name));
  const tick = (name: string, on: boolean) =>
    change({ hosts: on ? [...form.hosts, name] : form.hosts.filter((each) => each !== name) });
  const named = form.repo.trim();
  const byPath = /^[~/]/.test(named);
  const lacks = (name: string) => {
    const host = choices?.hosts.find((each) => each.name === name);
    return named !== '' && !byPath && host !== undefined && !host.repos.some((repo) => repo.name === named);
  };
  return (
    <fieldset class="where" aria-describedby={errors.hosts ? 'hosts-said' : undefined}>
      <legend>Hosts</legend>
      {hosts.length > MANY && (
        <input
          type="search"
          aria-label="Find a host"
          placeholder="Find a host"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      )}
      <div class="picks">
        {shown.map((row) => (
          <label key={row.name} class="option pick">
            <input
              type="checkbox"
              checked={form.hosts.includes(row.name)}
              disabled={row.state !== 'online' && !form.hosts.includes(row.name)}
              aria-invalid={errors.hosts !== undefined}
              onChange={(event) => tick(row.name, event.currentTarget.checked)}
            />
            <bdi>{line(row.name, 64)}</bdi>
            <small class={lacks(row.name) ? 'failure' : ''}>
              {lacks(row.name) ? `has no repo ${line(named, 40)}` : standing(row)}
            </small>
          </label>
        ))}
        {hosts.length === 0 && <p class="muted">No hosts yet.</p>}
      </div>
      {errors.hosts && (
        <small id="hosts-said" class="failure" role="alert">
          {errors.hosts}
        </small>
      )}
    </fieldset>
  );
}

function standing(row: HostRow): string {
  if (row.state !== 'online') {
    return row.state;
  }
  const parts = [`${row.sessions} ${row.sessions === 1 ? 'session' : 'sessions'}`];
  if (row.load) {
    parts.push(`load ${row.load.average.toFixed(1)}${row.load.cpus ? `/${row.load.cpus}` : ''}`);
  }
  return parts.join(', ');
}
