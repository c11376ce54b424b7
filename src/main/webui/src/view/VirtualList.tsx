import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

const BEYOND = 8;

/** A list of rows of one height, of which only those in sight are drawn. */
export function VirtualList<T>({
  items,
  height,
  label,
  keyOf,
  children,
}: {
  items: readonly T[];
  height: number;
  label: string;
  keyOf: (item: T) => string;
  children: (item: T, index: number) => ComponentChildren;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState<[number, number]>([0, 40]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) {
      return;
    }
    const measure = () => {
      const first = Math.max(0, Math.floor(element.scrollTop / height) - BEYOND);
      const last = Math.ceil((element.scrollTop + element.clientHeight) / height) + BEYOND;
      setRange(([a, b]) => (a === first && b === last ? [a, b] : [first, last]));
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      observer.disconnect();
    };
  }, [height]);
  const [first, last] = range;
  return (
    <div class="list" ref={box} role="list" aria-label={label} tabIndex={0}>
      <div style={{ height: `${items.length * height}px`, position: 'relative' }}>
        {items.slice(first, last).map((item, i) => (
          <div
            key={keyOf(item)}
            class="slot"
            role="listitem"
            aria-setsize={items.length}
            aria-posinset={first + i + 1}
            style={{ transform: `translateY(${(first + i) * height}px)`, height: `${height}px` }}
          >
            {children(item, first + i)}
          </div>
        ))}
      </div>
    </div>
  );
}
