/// <reference lib="webworker" />
import { Feed } from './feed';
import type { FromWorker, ToWorker } from './messages';

/*
 * One event stream for all tabs of a browser, and the way a new tab gets the secret of an older
 * one: a worker is shared by tabs of the same origin only, its port included.
 */
declare const self: SharedWorkerGlobalScope;

const ports = new Set<MessagePort>();
let secret: string | null = null;

const feed = new Feed((message) => {
  if (message.kind === 'state' && message.state === 'signed-out') {
    secret = null;
  }
  ports.forEach((port) => port.postMessage(message));
});

self.onconnect = (event) => {
  const port = event.ports[0];
  if (!port) {
    return;
  }
  const say = (message: FromWorker) => port.postMessage(message);
  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    switch (data.kind) {
      case 'hello':
        ports.add(port);
        if (data.secret !== null && data.secret !== secret) {
          secret = data.secret;
          feed.start(secret);
        }
        say({ kind: 'secret', secret });
        feed.now().forEach(say);
        break;
      case 'bye':
        ports.delete(port);
        if (ports.size === 0) {
          // The last tab takes the secret with it.
          feed.stop();
          secret = null;
        }
        break;
    }
  };
  port.start();
};
