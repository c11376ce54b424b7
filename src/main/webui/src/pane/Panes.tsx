import { useRef, useState } from 'preact/hooks';
import { address, go } from '../lib/address';
import { bounded, Divider } from './Divider';
import { Pane } from './Pane';
import './pane.css';

/** Where the dividers stand: the one across, the one down. */
type Split = [number, number];

/** One to four sessions side by side; a single column where there is no room for two. */
export default function Panes() {
  const { panes, split } = address.value;
  const grid = useRef<HTMLElement>(null);
  // The address gets it at the end only: browsers let a page change that so often, and no more.
  const [dragged, setDragged] = useState<Split | null>(null);
  const latest = useRef<Split | null>(null);
  const kept: Split = [split[0] ?? 50, split[1] ?? 50];
  const [across, down] = dragged ?? kept;
  const drag = (axis: 0 | 1) => (event: PointerEvent, done: boolean) => {
    const box = grid.current?.getBoundingClientRect();
    if (done) {
      if (latest.current) {
        go({ split: latest.current });
      }
      latest.current = null;
      setDragged(null);
    } else if (box) {
      const percent =
        axis === 0
          ? ((event.clientX - box.left) / box.width) * 100
          : ((event.clientY - box.top) / box.height) * 100;
      const next: Split = [...kept];
      next[axis] = bounded(percent);
      latest.current = next;
      setDragged(next);
    }
  };
  const place = (axis: 0 | 1) => (percent: number) => {
    const next: Split = [...kept];
    next[axis] = percent;
    go({ split: next });
  };
  return (
    <section
      class={`panes of-${panes.length}${dragged ? ' dragged' : ''}`}
      aria-label="Panes"
      ref={grid}
      style={{ '--across': `${across}%`, '--down': `${down}%` }}
    >
      {panes.map((spec, index) => (
        <Pane key={nameOf(panes, index)} spec={spec} index={index} count={panes.length} />
      ))}
      {panes.length > 1 && (
        <Divider axis="across" percent={across} drag={drag(0)} place={place(0)} />
      )}
      {panes.length > 2 && <Divider axis="down" percent={down} drag={drag(1)} place={place(1)} />}
    </section>
  );
}

/** A pane stays itself, with its connection, when others are closed or it shows something else. */
export function nameOf(panes: readonly { session: string }[], index: number): string {
  const session = panes[index]?.session ?? '';
  const before = panes.slice(0, index).filter((each) => each.session === session).length;
  return `${session}.${before}`;
}
