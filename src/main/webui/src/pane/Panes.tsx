import { useRef } from 'preact/hooks';
import { address, go } from '../lib/address';
import { Pane } from './Pane';

/** One to four sessions side by side; a single column where there is no room for two. */
export function Panes() {
  const { panes, split } = address.value;
  const grid = useRef<HTMLElement>(null);
  const across = split[0] ?? 50;
  const down = split[1] ?? 50;
  const drag = (axis: 0 | 1) => (event: PointerEvent) => {
    const box = grid.current?.getBoundingClientRect();
    const bar = event.currentTarget as HTMLElement;
    if (!box) {
      return;
    }
    event.preventDefault();
    bar.setPointerCapture(event.pointerId);
    const moved = (move: PointerEvent) => {
      const percent =
        axis === 0
          ? ((move.clientX - box.left) / box.width) * 100
          : ((move.clientY - box.top) / box.height) * 100;
      place(axis, percent);
    };
    const done = () => {
      bar.removeEventListener('pointermove', moved);
      bar.removeEventListener('pointerup', done);
      bar.removeEventListener('pointercancel', done);
    };
    bar.addEventListener('pointermove', moved);
    bar.addEventListener('pointerup', done);
    bar.addEventListener('pointercancel', done);
  };
  const place = (axis: 0 | 1, percent: number) => {
    const next: [number, number] = [across, down];
    next[axis] = Math.min(85, Math.max(15, percent));
    go({ split: next });
  };
  const step = (axis: 0 | 1) => (event: KeyboardEvent) => {
    const by = { ArrowLeft: -2, ArrowUp: -2, ArrowRight: 2, ArrowDown: 2 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      place(axis, (axis === 0 ? across : down) + by);
    }
  };
  return (
    <section
      class={`panes of-${panes.length}`}
      aria-label="Panes"
      ref={grid}
      style={{ '--across': `${across}%`, '--down': `${down}%` }}
    >
      {panes.map((spec, index) => (
        <Pane key={`${spec.session}.${index}`} spec={spec} index={index} />
      ))}
      {panes.length > 1 && (
        <Divider axis={0} percent={across} drag={drag(0)} step={step(0)} />
      )}
      {panes.length > 2 && <Divider axis={1} percent={down} drag={drag(1)} step={step(1)} />}
    </section>
  );
}

function Divider({
  axis,
  percent,
  drag,
  step,
}: {
  axis: 0 | 1;
  percent: number;
  drag: (event: PointerEvent) => void;
  step: (event: KeyboardEvent) => void;
}) {
  return (
    <div
      class={`divider ${axis === 0 ? 'across' : 'down'}`}
      role="separator"
      tabIndex={0}
      aria-orientation={axis === 0 ? 'vertical' : 'horizontal'}
      aria-label="Divider between panes"
      aria-valuenow={Math.round(percent)}
      aria-valuemin={15}
      aria-valuemax={85}
      onPointerDown={drag}
      onKeyDown={step}
    />
  );
}
