import { computed, signal } from '@preact/signals';
import type { FromWorker, StreamState, ToWorker } from './messages';
import { changed, NOTHING, whole, type Live } from './fold';
import { Feed } from './feed';
import * as secrets from '../api/secret';
import { Client } from '../api/client';

/** Whether this tab may ask the service. */
export type SignIn = 'checking' | 'in' | 'out';

export const signIn = signal<SignIn>('checking');
export const stream = signal<StreamState>('connecting');
export const live = signal<Live>(NOTHING);

/** Ticks once a minute, and when the board changes, for ages that are shown. */
export const now = signal(Date.now());

export const needsYou = computed(() => live.value.totals.needsYou);

export const client = new Client(secrets.kept, signOut);

export function signOut(): void {
  secrets.drop();
  signIn.value = 'out';
}

function hear(message: FromWorker): void {
  switch (message.kind) {
    case 'secret':
      if (message.secret !== null) {
        secrets.keep(message.secret);
        signIn.value = 'in';
      } else {
        signOut();
      }
      break;
    case 'state':
      stream.value = message.state;
      if (message.state === 'signed-out') {
        signOut();
      }
      break;
    case 'board':
      live.value = whole(message.board);
      now.value = Date.now();
      break;
    case 'change':
      live.value = changed(live.value, message.change);
      now.value = Date.now();
      break;
  }
}

/** Joins the browser's one stream, or opens an own one where there are no shared workers. */
export async function begin(): Promise<void> {
  setInterval(() => (now.value = Date.now()), 10_000);
  const code = secrets.takeCode(location, history);
  if (code !== null) {
    const secret = await secrets.trade(code);
    if (secret !== null) {
      secrets.keep(secret);
    }
  }
  if (typeof SharedWorker === 'function') {
    const worker = new SharedWorker(new URL('./worker.ts', import.meta.url), {
      type: 'module',
      name: 'muster',
    });
    const say = (message: ToWorker) => worker.port.postMessage(message);
    worker.port.onmessage = ({ data }: MessageEvent<FromWorker>) => hear(data);
    worker.port.start();
    addEventListener('pagehide', () => say({ kind: 'bye' }));
    // Back from the browser's cache: the worker had been told good-bye.
    addEventListener('pageshow', (event: PageTransitionEvent) => {
      if (event.persisted) {
        say({ kind: 'hello', secret: secrets.kept() });
      }
    });
    say({ kind: 'hello', secret: secrets.kept() });
    return;
  }
  const secret = secrets.kept();
  hear({ kind: 'secret', secret });
  if (secret !== null) {
    new Feed(hear).start(secret);
  }
}
