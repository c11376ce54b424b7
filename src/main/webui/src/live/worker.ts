/// <reference lib="webworker" />
import { Feed } from './feed';
import { Hub } from './hub';
import type { FromWorker, ToWorker } from './messages';

/* A worker is shared by tabs of the same origin only, its port included. */
declare const self: SharedWorkerGlobalScope;

const hub = new Hub((tell) => new Feed(tell));

self.onconnect = (event) => {
  const port = event.ports[0];
  if (!port) {
    return;
  }
  const tell = (message: FromWorker) => port.postMessage(message);
  port.onmessage = ({ data }: MessageEvent<ToWorker>) => hub.hear(tell, data);
  port.start();
};
