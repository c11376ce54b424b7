import { useEffect } from 'preact/hooks';
import { address, close, go, open } from '../lib/address';
import { needsYou } from '../lib/filter';
import { live } from '../live/store';
import { helping } from './KeysHelp';

/** Keys of the whole page; none where a person types. */
export function useShortcuts(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.altKey && !event.ctrlKey && !event.metaKey) {
        pane(event);
        return;
      }
      if (event.ctrlKey || event.metaKey || typing(event.target)) {
        return;
      }
      switch (event.key) {
        case '/':
          event.preventDefault();
          if (!document.getElementById('search')) {
            go({ page: 'board' }, true);
          }
          requestAnimationFrame(() => document.getElementById('search')?.focus());
          break;
        case 'b':
          go({ page: 'board' }, true);
          break;
        case 'i':
          go({ page: 'inbox' }, true);
          break;
        case 'h':
          go({ page: 'hosts' }, true);
          break;
        case 'n':
          event.preventDefault();
          go({ page: 'start' }, true);
          break;
        case 'u':
          go({ page: 'usage' }, true);
          break;
        case '?':
          helping.value = true;
          break;
      }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}

/** Alt goes through to panes also from within a terminal: Alt-1..4, Alt-w, Alt-j. */
function pane(event: KeyboardEvent): void {
  const digit = /^Digit([1-4])$/.exec(event.code)?.[1];
  if (digit) {
    event.preventDefault();
    document.getElementById(`pane-${Number(digit) - 1}`)?.focus();
  } else if (event.code === 'KeyW') {
    const at = document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane');
    if (at !== null && at !== undefined) {
      event.preventDefault();
      close(Number(at));
    }
  } else if (event.code === 'KeyJ') {
    const shown = new Set(address.value.panes.map((each) => each.session));
    const next = [...live.value.sessions.values()].find(
      (row) => needsYou(row.state) && !shown.has(row.id),
    );
    if (next) {
      event.preventDefault();
      open(next.id);
    }
  }
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
