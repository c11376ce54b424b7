import { effect } from '@preact/signals';
import { needsYou as urgent } from '../lib/filter';
import { live, needsYou } from './store';
import { line } from '../lib/text';

/** Tells in the tab's title, and by a notification where that is allowed, what needs a person. */
export function announce(): void {
  let known: ReadonlyMap<string, string> | null = null;
  effect(() => {
    const waiting = needsYou.value;
    document.title = waiting > 0 ? `(${waiting}) Muster` : 'Muster';
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
    if (icon) {
      icon.href = waiting > 0 ? '/icon-waiting.svg' : '/icon.svg';
    }
  });
  effect(() => {
    const { asOf, sessions } = live.value;
    if (!asOf) {
      return;
    }
    const states = new Map([...sessions.values()].map((row) => [row.id, row.state]));
    if (known && document.hidden && 'Notification' in window) {
      for (const row of sessions.values()) {
        const before = known.get(row.id);
        if (before !== undefined && before !== row.state && urgent(row.state)) {
          notify(line(`${row.host}/${row.name}: ${row.state}`, 160), line(row.detail ?? '', 120), row.id);
        }
      }
    }
    known = states;
  });
}

function notify(title: string, body: string, tag: string): void {
  if (Notification.permission === 'granted') {
    const shown = new Notification(title, { body, tag, icon: '/icon.svg' });
    shown.onclick = () => window.focus();
  }
}
