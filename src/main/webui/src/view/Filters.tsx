import { useRef } from 'preact/hooks';
import { address, go } from '../lib/address';
import { ALL, GROUPS, labelsOf, parts, type Filter, type Group } from '../lib/filter';
import { live } from '../live/store';
import { Menu } from './Menu';

/** What the board shows and how: all of it is in the address. */
export function Filters({ shown, ofHost }: { shown: number; ofHost: (host: string) => Record<string, string> }) {
  const { filter } = address.value;
  const rows = [...live.value.sessions.values()];
  const search = useRef<HTMLInputElement>(null);
  const set = (change: Partial<Filter>) => go({ filter: { ...filter, ...change } });
  const labels = rows.flatMap((row) =>
    Object.entries(labelsOf(row, ofHost)).map(([key, value]) => `${key}=${value}`),
  );
  const hides = filter.text !== '' || parts(filter) > 0;
  return (
    <div class="filters" role="search" aria-label="Sessions">
      <input
        id="search"
        ref={search}
        type="search"
        placeholder="Filter (press /)"
        aria-label="Filter sessions by text"
        value={filter.text}
        onInput={(event) => set({ text: event.currentTarget.value })}
      />
      <Menu
        label="Host"
        values={counted(rows.map((row) => row.host))}
        chosen={filter.hosts}
        choose={(hosts) => set({ hosts })}
      />
      <Menu
        label="State"
        values={counted(rows.map((row) => row.state))}
        chosen={filter.states}
        choose={(states) => set({ states })}
      />
      <Menu
        label="Repo"
        values={counted(rows.map((row) => row.repo))}
        chosen={filter.repos}
        choose={(repos) => set({ repos })}
      />
      <Menu
        label="Label"
        values={counted(labels)}
        chosen={filter.labels}
        choose={(chosen) => set({ labels: chosen })}
      />
      <label class="choice">
        <span>Group by</span>
        <select
          aria-label="Group by"
          value={filter.group}
          onChange={(event) => set({ group: event.currentTarget.value as Group })}
        >
          {GROUPS.map((group) => (
            <option key={group} value={group}>
              {group}
            </option>
          ))}
        </select>
      </label>
      {hides && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            set({ ...ALL, group: filter.group });
            search.current?.focus();
          }}
        >
          Clear: {shown} of {rows.length} shown
        </button>
      )}
    </div>
  );
}

function counted(values: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  values.forEach((value) => counts.set(value, (counts.get(value) ?? 0) + 1));
  return counts;
}
