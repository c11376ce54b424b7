import { useRef, useState } from 'preact/hooks';
import type { PatchLine } from './patch';
import type { Range } from './remark';

/** Lines that can be picked: not a hunk's head, not a note. */
function pickable(line: PatchLine | undefined): boolean {
  return line !== undefined && line.kind !== 'hunk' && line.kind !== 'note';
}

function indexOf(node: EventTarget | Node | null): number | null {
  const element = node instanceof Element ? node : node instanceof Node ? node.parentElement : null;
  const index = element?.closest('[data-line]')?.getAttribute('data-line');
  return index == null ? null : Number(index);
}

/** Which lines of a table are picked, and how that is done by mouse, touch and keys. */
export function usePicking(lines: readonly PatchLine[]) {
  const [mark, setMark] = useState<Range | null>(null);
  const [open, setOpen] = useState(false);
  const anchor = useRef(0);
  const dragging = useRef(false);

  const span = (from: number, to: number) => {
    anchor.current = from;
    setMark({ first: Math.min(from, to), last: Math.max(from, to) });
  };
  const clear = () => {
    setMark(null);
    setOpen(false);
  };
  const onPointerDown = (event: PointerEvent) => {
    const at = indexOf(event.target);
    const cell = event.target instanceof Element && event.target.closest('td.at');
    if (!cell || at === null || event.button !== 0 || !pickable(lines[at])) {
      return;
    }
    event.preventDefault();
    dragging.current = true;
    setOpen(false);
    span(event.shiftKey && mark ? anchor.current : at, at);
    // Touch would otherwise stay with the cell where it began.
    cell.releasePointerCapture?.(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    const at = indexOf(event.target);
    if (dragging.current && at !== null && pickable(lines[at])) {
      span(anchor.current, at);
    }
  };
  const onPointerUp = () => {
    if (dragging.current) {
      dragging.current = false;
      setOpen(true);
      return;
    }
    const selection = getSelection();
    if (!selection || selection.isCollapsed) {
      return;
    }
    const [from, to] = [indexOf(selection.anchorNode), indexOf(selection.focusNode)];
    if (from !== null && to !== null && pickable(lines[from]) && pickable(lines[to])) {
      span(from, to);
      setOpen(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1, event.shiftKey, event.currentTarget as Element);
    } else if ((event.key === 'Enter' || event.key === 'c') && mark) {
      event.preventDefault();
      setOpen(true);
    } else if (event.key === 'Escape' && mark) {
      event.preventDefault();
      clear();
    }
  };
  const move = (by: 1 | -1, extend: boolean, table: Element) => {
    const head = mark ? (mark.first === anchor.current ? mark.last : mark.first) : -1;
    let next = mark ? head + by : by > 0 ? 0 : lines.length - 1;
    while (next >= 0 && next < lines.length && !pickable(lines[next])) {
      next += by;
    }
    if (pickable(lines[next])) {
      span(extend && mark ? anchor.current : next, next);
      table.querySelector(`[data-line="${next}"]`)?.scrollIntoView({ block: 'nearest' });
    }
  };
  return {
    mark,
    open,
    setOpen,
    clear,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onKeyDown },
  };
}
