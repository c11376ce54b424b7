import { computed } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SessionRow, Window } from '../api/types';
import { address, go } from '../lib/address';
import { GROUPS, sections, type Filter, type Group } from '../lib/filter';
import { line } from '../lib/text';
import { age } from '../lib/time';
import { live, now } from '../live/store';
import { SessionLine } from './SessionLine';
import { VirtualList } from './VirtualList';

type Item = { kind: 'title'; title: string; count: number } | { kind: 'row'; row: SessionRow };

const items = computed<Item[]>(() =>
  sections(live.value.sessions.values(), address.value.filter).flatMap((section) => [
    { kind: 'title', title: section.title, count: section.rows.length },
    ...section.rows.map((row): Item => ({ kind: 'row', row })),
  ]),
);

export function BoardView() {
  const board = useRef<HTMLElement>(null);
  const narrow = useNarrow(board);
  const { sessions } = live.value;
  return (
    <section class="board" aria-label="Sessions" ref={board}>
      <div>
        <Problems />
        <Filters />
      </div>
      {sessions.size === 0 ? (
        <p class="empty">
          No sessions yet. Start one with <kbd>n</kbd>, or with{' '}
          <code>muster start HOST:REPO "the task"</code>.
        </p>
      ) : items.value.length === 0 ? (
        <p class="empty">No session matches.</p>
      ) : (
        <VirtualList
          items={items.value}
          height={narrow ? 92 : 52}
          label="Sessions, what needs you first"
          keyOf={(item) => (item.kind === 'title' ? `#${item.title}` : item.row.id)}
        >
          {(item) =>
            item.kind === 'title' ? (
              <h2 class="section">
                {item.title} <span class="count">{item.count}</span>
              </h2>
            ) : (
              <SessionLine row={item.row} />
            )
          }
        </VirtualList>
      )}
    </section>
  );
}

/** Quotas and what runs out, above everything. */
function Problems() {
  const { accounts, problems } = live.value;
  if (accounts.size === 0 && problems.length === 0) {
    return null;
  }
  return (
    <ul class="notices">
      {problems.map((each) => (
        <li key={each.what + each.about}>
          <b>{line(each.about, 60)}</b> {line(each.detail)} {each.fix && line(each.fix)}
        </li>
      ))}
      {[...accounts.values()].map((row) => (
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
      {name}:{' '}
      {over ? 'reset' : `${Math.round(window.usedPercent)} %`}
      {!over && window.resetsAt && ` until ${new Date(window.resetsAt).toLocaleTimeString()}`}
    </span>
  );
}

function Filters() {
  const { filter } = address.value;
  const rows = [...live.value.sessions.values()];
  const set = (change: Partial<Filter>) => go({ filter: { ...filter, ...change } });
  return (
    <div class="filters" role="search">
      <input
        id="search"
        type="search"
        placeholder="Filter (press /)"
        aria-label="Filter sessions by text"
        value={filter.text}
        onInput={(event) => set({ text: event.currentTarget.value })}
      />
      <Choice
        label="Host"
        values={unique(rows.map((row) => row.host))}
        chosen={filter.hosts}
        choose={(hosts) => set({ hosts })}
      />
      <Choice
        label="State"
        values={unique(rows.map((row) => row.state))}
        chosen={filter.states}
        choose={(states) => set({ states })}
      />
      <Choice
        label="Repo"
        values={unique(rows.map((row) => row.repo))}
        chosen={filter.repos}
        choose={(repos) => set({ repos })}
      />
      <Choice
        label="Label"
        values={unique(
          rows.flatMap((row) => Object.entries(row.labels).map(([key, value]) => `${key}=${value}`)),
        )}
        chosen={filter.labels}
        choose={(labels) => set({ labels })}
      />
      <label class="choice">
        <span>Group by</span>
        <select
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
    </div>
  );
}

function Choice({
  label,
  values,
  chosen,
  choose,
}: {
  label: string;
  values: string[];
  chosen: string[];
  choose: (values: string[]) => void;
}) {
  if (values.length === 0 && chosen.length === 0) {
    return null;
  }
  // What the address asks for is offered too, though nothing has it now.
  const offered = unique([...values, ...chosen]);
  return (
    <label class="choice">
      <span>{label}</span>
      <select
        value={chosen[0] ?? ''}
        onChange={(event) => choose(event.currentTarget.value ? [event.currentTarget.value] : [])}
      >
        <option value="">all</option>
        {offered.map((value) => (
          <option key={value} value={value}>
            {line(value, 80)}
          </option>
        ))}
      </select>
    </label>
  );
}

function unique(values: string[]): string[] {
  return [...new Set(values)].sort();
}

/** Whether the element has no room for a row of one line's height. */
function useNarrow(element: RefObject<HTMLElement | null>): boolean {
  const [narrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    if (!element.current) {
      return;
    }
    const observer = new ResizeObserver(([entry]) =>
      setNarrow((entry?.contentRect.width ?? 1000) <= 700),
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return narrow;
}
