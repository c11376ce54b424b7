import type { Problem } from '../api/types';

/** What a terminal's connection tells. */
export interface Heard {
  /**
   * @param first whether a connection begins with it: what was there before is old
   * @param drawn to be called when it is drawn, so that more may come
   */
  output(bytes: Uint8Array, first: boolean, drawn: () => void): void;
  ended(status: number | null): void;
  refused(problem: Problem): void;
  /** It broke, and is tried again. */
  lost(): void;
}

/** Bytes of output that may be on their way here, or wait to be drawn. */
export const WINDOW = 384 * 1024;

/** The service is told what was drawn after so many bytes. */
const TELL_EACH = WINDOW / 6;

/** The service takes no frame of more than 64 KiB; a long paste is several. */
const FRAME = 16 * 1024;

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;

/** A connection that gives no output for so long is tried again, in case it hangs half open. */
const OPENING = 45_000;

interface Told {
  exit?: number | null;
  problem?: Problem;
}

/**
 * A terminal over a WebSocket, which comes back by itself when the connection breaks. The service
 * sends no more than the window before it is told what was drawn, so a flood fills nobody's memory.
 */
export class TerminalSocket {
  private socket: WebSocket | null = null;
  private closed = false;
  private over = false;
  private first = true;
  private drawn = 0;
  private told = 0;
  private pause = FIRST_PAUSE;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly online = () => this.hurry();

  constructor(
    private readonly path: string,
    private readonly secret: () => string,
    private readonly size: () => { columns: number; rows: number },
    private readonly heard: Heard,
  ) {
    addEventListener('online', this.online);
  }

  connect(): void {
    const { columns, rows } = this.size();
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const join = this.path.includes('?') ? '&' : '?';
    const query = `columns=${columns}&rows=${rows}&window=${WINDOW}`;
    const socket = new WebSocket(`${scheme}://${location.host}${this.path}${join}${query}`);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.first = true;
    this.drawn = 0;
    this.told = 0;
    const opening = setTimeout(() => socket.close(), OPENING);
    socket.onopen = () => {
      socket.send(JSON.stringify({ secret: this.secret() }));
      // What is around the screen may have changed it meanwhile, when there was nobody to be told.
      const now = this.size();
      if (now.columns !== columns || now.rows !== rows) {
        this.resize(now.columns, now.rows);
      }
    };
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      clearTimeout(opening);
      if (typeof data === 'string') {
        this.hear(JSON.parse(data) as Told);
      } else {
        this.pause = FIRST_PAUSE;
        const first = this.first;
        this.first = false;
        this.heard.output(new Uint8Array(data), first, () => {
          if (this.socket === socket) {
            this.took(data.byteLength);
          }
        });
      }
    };
    socket.onclose = () => {
      clearTimeout(opening);
      if (this.closed || this.over) {
        return;
      }
      this.heard.lost();
      this.timer = setTimeout(() => this.connect(), this.pause * (0.75 + Math.random() / 2));
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    };
  }

  private took(bytes: number): void {
    this.drawn += bytes;
    if (this.drawn - this.told >= TELL_EACH) {
      this.told = this.drawn;
      this.say({ taken: this.drawn });
    }
  }

  type(bytes: Uint8Array): void {
    if (this.socket?.readyState === WebSocket.OPEN) {
      for (let at = 0; at < bytes.length; at += FRAME) {
        this.socket.send(bytes.slice(at, at + FRAME));
      }
    }
  }

  resize(columns: number, rows: number): void {
    this.say({ resize: { columns, rows } });
  }

  close(): void {
    this.closed = true;
    removeEventListener('online', this.online);
    clearTimeout(this.timer);
    this.socket?.close();
  }

  /** The network is back: no use in waiting. */
  private hurry(): void {
    if (!this.closed && !this.over && this.socket?.readyState === WebSocket.CLOSED) {
      clearTimeout(this.timer);
      this.pause = FIRST_PAUSE;
      this.connect();
    }
  }

  private say(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify(message));
    }
  }

  private hear(message: Told): void {
    if (message.problem && PASSING.has(message.problem.code)) {
      // The host may be away just now: its terminal comes back when it does.
      this.heard.refused(message.problem);
    } else if (message.problem) {
      this.over = true;
      this.heard.refused(message.problem);
    } else if ('exit' in message) {
      this.over = true;
      this.heard.ended(message.exit ?? null);
    }
  }
}

const PASSING: ReadonlySet<string> = new Set(['UNREACHABLE']);
