/** How near to an edge a divider may come, in percent. */
const LEAST = 15;
const MOST = 85;

export function bounded(percent: number): number {
  return Math.min(MOST, Math.max(LEAST, percent));
}

/** Where a key moves a divider to; null: none of its keys. */
export function keyed(percent: number, key: string, shift: boolean): number | null {
  const step = shift ? 10 : 2;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowUp':
      return bounded(percent - step);
    case 'ArrowRight':
    case 'ArrowDown':
      return bounded(percent + step);
    case 'Home':
      return LEAST;
    case 'End':
      return MOST;
    case 'Enter':
      return 50;
    default:
      return null;
  }
}

/** Between panes: dragged, or moved by arrows, Home, End; Enter and a double click put it back. */
export function Divider({
  axis,
  percent,
  drag,
  place,
}: {
  axis: 'across' | 'down';
  percent: number;
  /** While it is dragged; `done` says that it is let go. */
  drag: (event: PointerEvent, done: boolean) => void;
  place: (percent: number) => void;
}) {
  return (
    <div
      class={`divider ${axis}`}
      role="separator"
      tabIndex={0}
      aria-orientation={axis === 'across' ? 'vertical' : 'horizontal'}
      aria-label={axis === 'across' ? 'Between left and right panes' : 'Between upper and lower panes'}
      aria-controls="pane-0"
      aria-valuenow={Math.round(percent)}
      aria-valuetext={`${Math.round(percent)} percent`}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      onPointerDown={(event) => {
        if (event.button === 0) {
          event.preventDefault();
          event.currentTarget.focus();
          event.currentTarget.setPointerCapture(event.pointerId);
        }
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) {
          drag(event, false);
        }
      }}
      onPointerUp={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) {
          drag(event, true);
        }
      }}
      onPointerCancel={(event) => drag(event, true)}
      onDblClick={() => place(50)}
      onKeyDown={(event) => {
        const next = keyed(percent, event.key, event.shiftKey);
        if (next !== null) {
          event.preventDefault();
          place(next);
        }
      }}
    />
  );
}
