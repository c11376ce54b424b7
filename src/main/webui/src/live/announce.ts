import { effect, signal } from '@preact/signals';
import { open } from '../lib/address';
import { line } from '../lib/text';
import { news, sentence, stands, type Stands } from './spoken';
import { live, needsYou } from './store';

/** What a screen reader is told; the page shows it to nobody else. */
export const spoken = signal('');

/** Whether this browser shows notifications: asked for by a person, on a button of the page. */
export type Notices = 'unsupported' | 'denied' | 'off' | 'on';

const KEY = 'muster.notices';
/** So that a burst of changes is one sentence. */
const TOGETHER = 1000;

export const notices = signal<Notices>(standing());

function standing(): Notices {
  if (!('Notification' in window)) {
    return 'unsupported';
  }
  if (Notification.permission === 'denied') {
    return 'denied';
  }
  return Notification.permission === 'granted' && localStorage.getItem(KEY) !== 'off' ? 'on' : 'off';
}

/** Asks the browser where it has not been asked, else turns them off or on. */
export async function toggleNotices(): Promise<void> {
  if (notices.value === 'on') {
    localStorage.setItem(KEY, 'off');
  } else {
    localStorage.removeItem(KEY);
    await Notification.requestPermission();
  }
  notices.value = standing();
}

/** Tells in the tab's title, to screen readers and by notifications, what needs a person. */
export function announce(): void {
  effect(() => {
    const waiting = needsYou.value;
    document.title = waiting > 0 ? `(${waiting}) Muster` : 'Muster';
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
    if (icon) {
      icon.href = waiting > 0 ? '/icon-waiting.svg' : '/icon.svg';
    }
  });
  let known: Stands | null = null;
  let changed = new Set<string>();
  let timer = 0;
  effect(() => {
    const now = live.value;
    if (!now.asOf) {
      return;
    }
    const after = stands(now);
    const keys = known === null ? [] : news(known, after);
    known = after;
    keys.forEach((key) => changed.add(key));
    keys.filter((key) => after.get(key)?.urgent).forEach(notify);
    if (changed.size > 0 && timer === 0) {
      timer = window.setTimeout(() => {
        spoken.value = sentence([...changed], known ?? after);
        changed = new Set();
        timer = 0;
      }, TOGETHER);
    }
  });
}

/** Every tab may say it: one tag is one notification, whoever shows it. */
function notify(session: string): void {
  const row = live.peek().sessions.get(session);
  if (!row || !document.hidden || notices.peek() !== 'on') {
    return;
  }
  try {
    const shown = new Notification(line(`${row.host}/${row.name}: ${row.state}`, 120), {
      body: line(row.detail ?? '', 120),
      tag: row.id,
      icon: '/icon.svg',
    });
    shown.onclick = () => {
      window.focus();
      open(session);
      shown.close();
    };
  } catch {
    // Chrome on Android takes them from service workers only.
    notices.value = 'unsupported';
  }
}
