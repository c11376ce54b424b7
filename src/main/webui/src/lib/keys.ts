import { signal } from '@preact/signals';

const KEY = 'muster.keys';

/**
 * Whether one key by itself does something. Who speaks to the page, or types by accident, can turn
 * that off (WCAG 2.1.4); keys of a focused list, and those with Alt, are not meant.
 */
export const singleKeys = signal(localStorage.getItem(KEY) !== 'off');

export function setSingleKeys(on: boolean): void {
  singleKeys.value = on;
  if (on) {
    localStorage.removeItem(KEY);
  } else {
    localStorage.setItem(KEY, 'off');
  }
}
