/** One event of a `text/event-stream`. */
export interface StreamEvent {
  name: string;
  data: string;
}

/**
 * Cuts a `text/event-stream` into events, however its bytes arrive (WHATWG HTML, 9.2.6). Comments
 * are beats and say nothing.
 */
export class EventCutter {
  private rest = '';
  private name = '';
  private data: string[] = [];

  take(text: string): StreamEvent[] {
    const events: StreamEvent[] = [];
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const raw of lines) {
      const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
      if (line === '') {
        if (this.data.length > 0) {
          events.push({ name: this.name || 'message', data: this.data.join('\n') });
        }
        this.name = '';
        this.data = [];
      } else if (line.startsWith('event:')) {
        this.name = value(line, 6);
      } else if (line.startsWith('data:')) {
        this.data.push(value(line, 5));
      }
    }
    return events;
  }
}

function value(line: string, from: number): string {
  return line.startsWith(' ', from) ? line.slice(from + 1) : line.slice(from);
}

/** What became of a stream. */
export type StreamEnd = 'signed-out' | 'broken';

/** Reads a stream until it ends; the service beats every 15 s, so longer silence means it is gone. */
export async function readStream(
  path: string,
  secret: string,
  abort: AbortSignal,
  heard: (event: StreamEvent | null) => void,
  silence = 40_000,
): Promise<StreamEnd> {
  const quiet = new AbortController();
  let timer = setTimeout(() => quiet.abort(), silence);
  try {
    const answer = await fetch(path, {
      headers: { Authorization: `Bearer ${secret}`, Accept: 'text/event-stream' },
      signal: AbortSignal.any([abort, quiet.signal]),
    });
    if (answer.status === 401) {
      return 'signed-out';
    }
    if (!answer.ok || !answer.body) {
      return 'broken';
    }
    const cutter = new EventCutter();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value: text } = await reader.read();
      if (done) {
        return 'broken';
      }
      clearTimeout(timer);
      timer = setTimeout(() => quiet.abort(), silence);
      heard(null);
      cutter.take(text).forEach(heard);
    }
  } catch {
    return 'broken';
  } finally {
    clearTimeout(timer);
  }
}
