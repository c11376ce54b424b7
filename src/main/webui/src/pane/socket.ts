import type { Problem } from '../api/types';

/** What a terminal's connection tells. */
export interface Heard {
  output(bytes: Uint8Array): void;
  opened(): void;
  ended(status: number | null): void;
  refused(problem: Problem): void;
  /** It broke, and is tried again. */
  lost(): void;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;

/** What passes by itself: the host is away. */
const PASSING: ReadonlySet<string> = new Set(['UNREACHABLE', 'UNKNOWN']);

/** A terminal over a WebSocket, which comes back by itself when the connection breaks. */
export class TerminalSocket {
  private socket: WebSocket | null = null;
  private closed = false;
  private over = false;
  private pause = FIRST_PAUSE;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly path: string,
    private readonly secret: () => string,
    private readonly size: () => { columns: number; rows: number },
    private readonly heard: Heard,
  ) {}

  connect(): void {
    const { columns, rows } = this.size();
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const join = this.path.includes('?') ? '&' : '?';
    const socket = new WebSocket(
      `${scheme}://${location.host}${this.path}${join}columns=${columns}&rows=${rows}`,
    );
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ secret: this.secret() }));
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data === 'string') {
        this.told(JSON.parse(data) as { exit?: number | null; problem?: Problem; ready?: boolean });
      } else {
        this.pause = FIRST_PAUSE;
        this.heard.output(new Uint8Array(data));
      }
    };
    socket.onclose = () => {
      if (this.closed || this.over) {
        return;
      }
      this.heard.lost();
      this.timer = setTimeout(() => this.connect(), this.pause);
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    };
  }

  type(bytes: Uint8Array): void {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(bytes as Uint8Array<ArrayBuffer>);
    }
  }

  resize(columns: number, rows: number): void {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify({ resize: { columns, rows } }));
    }
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private told(message: { exit?: number | null; problem?: Problem; ready?: boolean }): void {
    if (message.problem && PASSING.has(message.problem.code)) {
      // The service closes now, and is asked again.
      return;
    }
    if (message.problem) {
      this.over = true;
      this.heard.refused(message.problem);
    } else if ('exit' in message) {
      this.over = true;
      this.heard.ended(message.exit ?? null);
    } else if (message.ready) {
      this.heard.opened();
    }
  }
}
