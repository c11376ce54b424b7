import { singleKeys } from '../lib/keys';
import { useEffect } from 'preact/hooks';
import { go } from '../lib/address';
import { onPaneKey } from '../pane/keys';
import { helping } from './KeysHelp';

/** Keys of the whole page; none where a person types. */
export function useShortcuts(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.altKey && !event.ctrlKey && !event.metaKey) {
        onPaneKey(event);
        return;
      }
      if (event.ctrlKey || event.metaKey || typing(event.target)) {
        return;
      }
      switch (singleKeys.value ? event.key : '') {
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

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
