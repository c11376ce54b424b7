import type { Board, BoardChange } from '../api/types';
import type { FromWorker } from './messages';
import { readStream } from './sse';
import { changed, NOTHING, whole, type Live } from './fold';

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

/** Keeps one event stream open and tells everybody of it. */
export class Feed {
  private live: Live = NOTHING;
  private running: AbortController | null = null;
  private state: FromWorker & { kind: 'state' } = { kind: 'state', state: 'connecting' };

  constructor(private readonly tell: (message: FromWorker) => void) {}

  /** What a tab that comes later must know. */
  now(): FromWorker[] {
    return this.live === NOTHING
      ? [this.state]
      : [this.state, { kind: 'board', board: board(this.live) }];
  }

  start(secret: string): void {
    this.stop();
    const abort = new AbortController();
    this.running = abort;
    void this.follow(secret, abort.signal);
  }

  stop(): void {
    this.running?.abort();
    this.running = null;
  }

  private async follow(secret: string, abort: AbortSignal): Promise<void> {
    let pause = FIRST_PAUSE;
    while (!abort.aborted) {
      const end = await readStream('/api/v1/board/events', secret, abort, (event) => {
        if (event?.name === 'board') {
          pause = FIRST_PAUSE;
          const data = JSON.parse(event.data) as Board;
          this.live = whole(data);
          this.say({ kind: 'board', board: data });
          this.stand('live');
        } else if (event?.name === 'change') {
          const change = JSON.parse(event.data) as BoardChange;
          this.live = changed(this.live, change);
          this.say({ kind: 'change', change });
        }
      });
      if (abort.aborted) {
        return;
      }
      this.stand(end);
      if (end === 'signed-out') {
        return;
      }
      await sleep(pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  private stand(state: (FromWorker & { kind: 'state' })['state']): void {
    this.state = { kind: 'state', state };
    this.say(this.state);
  }

  private say(message: FromWorker): void {
    this.tell(message);
  }
}

function board(live: Live): Board {
  return {
    asOf: live.asOf,
    totals: live.totals,
    hosts: [...live.hosts.values()],
    sessions: [...live.sessions.values()],
    requests: [...live.requests.values()],
    accounts: [...live.accounts.values()],
    problems: [...live.problems],
  };
}

function sleep(millis: number): Promise<void> {
  return new Promise((done) => setTimeout(done, millis));
}
