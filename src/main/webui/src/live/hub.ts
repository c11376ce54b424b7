import type { FromWorker, ToWorker } from './messages';

/** What a tab is to the hub: a way to tell it something. */
export type Tell = (message: FromWorker) => void;

/** The one stream that a hub keeps. */
export interface Source {
  start(secret: string): void;
  stop(): void;
  /** What a tab that comes later must know. */
  now(): FromWorker[];
}

/**
 * One event stream for all tabs of a browser, and the way a new tab gets the secret of an older
 * one. Lives in a shared worker; in the tab itself where there are none.
 */
export class Hub {
  private readonly tabs = new Set<Tell>();
  private secret: string | null = null;
  private readonly source: Source;

  /** @param make gives the stream, and is told whom to tell */
  constructor(make: (tell: Tell) => Source) {
    this.source = make((message) => {
      if (message.kind === 'state' && message.state === 'signed-out') {
        this.secret = null;
      }
      this.tabs.forEach((tell) => tell(message));
    });
  }

  hear(tab: Tell, message: ToWorker): void {
    switch (message.kind) {
      case 'hello':
        this.tabs.add(tab);
        // What a tab of yesterday still has must not end what works today.
        const better = message.secret !== this.secret && (message.fresh || this.secret === null);
        if (message.secret !== null && better) {
          this.secret = message.secret;
          this.source.start(message.secret);
        }
        tab({ kind: 'secret', secret: this.secret });
        this.source.now().forEach(tab);
        break;
      case 'bye':
        this.tabs.delete(tab);
        if (this.tabs.size === 0) {
          // The last tab takes the secret with it.
          this.source.stop();
          this.secret = null;
        }
        break;
      case 'out':
        if (message.secret === this.secret) {
          this.source.stop();
          this.secret = null;
          this.tabs.forEach((tell) => tell({ kind: 'secret', secret: null }));
        }
        break;
    }
  }
}
