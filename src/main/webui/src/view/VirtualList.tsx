import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { offsets, within } from '../lib/offsets';

/** How far beyond what is in sight rows are drawn, in pixels. */
const BEYOND = 400;

/**
 * A list of which only the rows in sight are drawn. One row at a time can be reached by Tab; arrows,
 * `j` and `k`, Home and End go from there (WAI-ARIA, roving tabindex).
 */
export function VirtualList<T>({
  items,
  heightOf,
  label,
  keyOf,
  isRow,
  children,
}: {
  items: readonly T[];
  heightOf: (item: T) => number;
  label: string;
  keyOf: (item: T) => string;
  /** Whether the item can be gone to; a heading can't. */
  isRow: (item: T) => boolean;
  children: (item: T, tabIndex: 0 | -1) => ComponentChildren;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState<[number, number]>([0, 1200]);
  const [current, setCurrent] = useState<string | null>(null);
  /** Where keys go from: ahead of the focus, which follows when the row is drawn. */
  const at = useRef<string | null>(null);
  const tops = useMemo(() => offsets(items.map(heightOf)), [items, heightOf]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) {
      return;
    }
    const measure = () => {
      // In steps, so that not every pixel draws anew.
      const top = Math.floor(element.scrollTop / 100) * 100;
      const end = top + Math.ceil(element.clientHeight / 100) * 100 + 100;
      setSight(([a, b]) => (a === top && b === end ? [a, b] : [top, end]));
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      observer.disconnect();
    };
  }, []);
  const [first, last] = within(tops, sight[0] - BEYOND, sight[1] + BEYOND);
  const firstRow = items.find(isRow);
  const tabbable =
    items.find((item) => isRow(item) && keyOf(item) === current) ?? firstRow;

  const focus = (index: number) => {
    const item = items[index];
    const element = box.current;
    if (!item || !element) {
      return;
    }
    const key = keyOf(item);
    const top = tops[index] ?? 0;
    const bottom = tops[index + 1] ?? top;
    if (top < element.scrollTop) {
      element.scrollTop = index <= 1 ? 0 : top;
    } else if (bottom > element.scrollTop + element.clientHeight) {
      element.scrollTop = bottom - element.clientHeight;
    }
    at.current = key;
    setCurrent(key);
    // Drawn first, then focused: a row far away was not there yet.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        element
          .querySelector<HTMLElement>(`[data-key="${CSS.escape(at.current ?? key)}"] [tabindex]`)
          ?.focus(),
      ),
    );
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const from = items.findIndex((item) => keyOf(item) === at.current);
    const step = (index: number, by: number): number => {
      let next = index;
      while (items[next] && !isRow(items[next] as T)) {
        next += by;
      }
      return next;
    };
    const targets: Record<string, () => number> = {
      ArrowDown: () => step(from + 1, 1),
      j: () => step(from + 1, 1),
      ArrowUp: () => step(from - 1, -1),
      k: () => step(from - 1, -1),
      Home: () => step(0, 1),
      End: () => step(items.length - 1, -1),
    };
    const target = targets[event.key]?.();
    if (target !== undefined && from >= 0) {
      event.preventDefault();
      focus(target);
    }
  };
  return (
    <div class="list" ref={box} role="list" aria-label={label} onKeyDown={pressed}>
      <div role="none" style={{ height: `${tops.at(-1)}px`, position: 'relative' }}>
        {items.slice(first, last).map((item, i) => (
          <div
            key={keyOf(item)}
            data-key={keyOf(item)}
            class="slot"
            role="listitem"
            aria-setsize={items.length}
            aria-posinset={first + i + 1}
            style={{
              transform: `translateY(${tops[first + i]}px)`,
              height: `${heightOf(item)}px`,
            }}
            onFocusCapture={() => {
              at.current = keyOf(item);
              setCurrent(keyOf(item));
            }}
          >
            {children(item, item === tabbable ? 0 : -1)}
          </div>
        ))}
      </div>
    </div>
  );
}
