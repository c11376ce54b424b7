import { computed, signal } from '@preact/signals';
import type { FromWorker, StreamState, ToWorker } from './messages';
import { changed, NOTHING, whole, type Live } from './fold';
import { Feed } from './feed';
import { Hub } from './hub';
import * as secrets from '../api/secret';
import { Client } from '../api/client';

/** Whether this tab may ask the service. */
export type SignIn = 'checking' | 'in' | 'out';

export const signIn = signal<SignIn>('checking');
export const stream = signal<StreamState>('connecting');
export const live = signal<Live>(NOTHING);

/** Ticks every ten seconds, and when the board changes, for ages that are shown. */
export const now = signal(Date.now());

export const needsYou = computed(() => live.value.totals.needsYou);

export const client = new Client(secrets.kept, signOut);

export function signOut(): void {
  const secret = secrets.kept();
  secrets.drop();
  if (secret !== null) {
    say({ kind: 'out', secret });
  }
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

/** Where the browser's one stream is kept: tells it something. */
let say: (message: ToWorker) => void = () => undefined;

/** Joins the browser's one stream, or opens an own one where there are no shared workers. */
export async function begin(): Promise<void> {
  setInterval(() => (now.value = Date.now()), 10_000);
  const code = secrets.takeCode(location, history);
  const traded = code === null ? null : await secrets.trade(code);
  if (traded !== null) {
    secrets.keep(traded);
  }
  say = join();
  addEventListener('pagehide', () => say({ kind: 'bye' }));
  // Back from the browser's cache: the hub had been told good-bye.
  addEventListener('pageshow', (event: PageTransitionEvent) => {
    if (event.persisted) {
      hello();
    }
  });
  hello(traded !== null);
}

function hello(fresh = false): void {
  say({ kind: 'hello', secret: secrets.kept(), fresh });
}

function join(): (message: ToWorker) => void {
  if (typeof SharedWorker === 'function') {
    const worker = new SharedWorker(new URL('./worker.ts', import.meta.url), {
      type: 'module',
      name: 'muster',
    });
    worker.port.onmessage = ({ data }: MessageEvent<FromWorker>) => hear(data);
    worker.port.start();
    // It could not be loaded, or is not allowed here: the page lives without.
    worker.onerror = () => {
      worker.port.close();
      say = alone();
      hello();
    };
    return (message) => worker.port.postMessage(message);
  }
  return alone();
}

/** A hub of this tab's own. */
function alone(): (message: ToWorker) => void {
  const hub = new Hub((tell) => new Feed(tell));
  return (message) => hub.hear(hear, message);
}
