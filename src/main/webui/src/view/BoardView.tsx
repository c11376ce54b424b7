import { computed } from '@preact/signals';
import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SessionRow } from '../api/types';
import { address } from '../lib/address';
import { sections } from '../lib/filter';
import { line } from '../lib/text';
import { live } from '../live/store';
import { Filters } from './Filters';
import { HostStrip } from './HostStrip';
import { Notices } from './Notices';
import { SessionLine } from './SessionLine';
import { VirtualList } from './VirtualList';
import './board.css';

type Item = { kind: 'title'; title: string; count: number } | { kind: 'row'; row: SessionRow };

/** Heights in pixels, as board.css draws them. */
const TITLE = 34;
const ROW = 48;
const TALL_ROW = 86;

const ofHost = (host: string) => live.value.hosts.get(host)?.labels ?? {};

const items = computed<Item[]>(() =>
  sections(live.value.sessions.values(), address.value.filter, ofHost).flatMap((section) => [
    { kind: 'title', title: section.title, count: section.rows.length },
    ...section.rows.map((row): Item => ({ kind: 'row', row })),
  ]),
);

export function BoardView() {
  const board = useRef<HTMLElement>(null);
  const narrow = useNarrow(board);
  const heightOf = useCallback(
    (item: Item) => (item.kind === 'title' ? TITLE : narrow ? TALL_ROW : ROW),
    [narrow],
  );
  const { sessions, asOf } = live.value;
  const shown = items.value.filter((item) => item.kind === 'row').length;
  return (
    <section class="board" aria-label="Sessions" ref={board}>
      <div>
        <Notices />
        <HostStrip />
        <Filters shown={shown} ofHost={ofHost} />
      </div>
      {asOf === '' ? (
        <p class="empty">Asking the service…</p>
      ) : sessions.size === 0 ? (
        <p class="empty">
          No sessions yet. Start one with <kbd>n</kbd>, or with{' '}
          <code>muster start HOST:REPO "the task"</code>.
        </p>
      ) : shown === 0 ? (
        <p class="empty">No session matches.</p>
      ) : (
        <VirtualList
          items={items.value}
          heightOf={heightOf}
          label="Sessions, what needs you first"
          keyOf={keyOf}
          isRow={isRow}
        >
          {(item, tabIndex) =>
            item.kind === 'title' ? (
              <h2 class="section">
                <bdi>{line(item.title, 80)}</bdi> <span class="count">{item.count}</span>
              </h2>
            ) : (
              <SessionLine row={item.row} tabIndex={tabIndex} />
            )
          }
        </VirtualList>
      )}
    </section>
  );
}

function keyOf(item: Item): string {
  return item.kind === 'title' ? `#${item.title}` : item.row.id;
}

function isRow(item: Item): boolean {
  return item.kind === 'row';
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
