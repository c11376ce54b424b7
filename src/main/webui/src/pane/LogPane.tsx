import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { LogEntry } from '../api/types';
import { kept } from '../api/secret';
import { readStream } from '../live/sse';
import { line } from '../lib/text';
import { moment } from '../lib/time';
import { LongText } from './Plain';

const MOST = 2000;

/** What happened to a session, and what happens now; the end stays in sight while it is. */
export function LogPane({ session }: { session: string }) {
  const [entries, setEntries] = useState<readonly LogEntry[]>([]);
  const end = useRef<HTMLLIElement>(null);
  const follows = useRef(true);
  useEffect(() => {
    const abort = new AbortController();
    let after = 0;
    let fresh: LogEntry[] = [];
    let frame = 0;
    // A long log comes in one piece: drawn once, not once for each entry.
    const draw = () => {
      frame = 0;
      const more = fresh;
      fresh = [];
      setEntries((before) => [...before, ...more].slice(-MOST));
    };
    const follow = async () => {
      while (!abort.signal.aborted) {
        await readStream(
          `/api/v1/sessions/${session}/events?after=${after}`,
          kept() ?? '',
          abort.signal,
          (event) => {
            if (event?.name === 'entry') {
              const entry = JSON.parse(event.data) as LogEntry;
              after = Math.max(after, entry.seq);
              fresh.push(entry);
              frame ||= requestAnimationFrame(draw);
            }
          },
        );
        await new Promise((done) => setTimeout(done, 2000));
      }
    };
    setEntries([]);
    void follow();
    return () => {
      abort.abort();
      cancelAnimationFrame(frame);
    };
  }, [session]);
  useEffect(() => {
    const body = end.current?.closest('.body');
    const moved = () => {
      follows.current = !!body && body.scrollHeight - body.scrollTop - body.clientHeight < 40;
    };
    body?.addEventListener('scroll', moved, { passive: true });
    return () => body?.removeEventListener('scroll', moved);
  }, []);
  useLayoutEffect(() => {
    const body = end.current?.closest('.body');
    if (body && follows.current) {
      body.scrollTop = body.scrollHeight;
    }
  }, [entries]);
  return (
    <ol class="log" aria-live="off">
      {entries.map((entry) => (
        <li key={entry.seq}>
          <time dateTime={entry.at} title={moment(entry.at)}>
            {new Date(entry.at).toLocaleTimeString()}
          </time>
          <span class="kind">{line(entry.kind, 24)}</span>
          <span>
            {entry.step && `${line(entry.step, 24)}: `}
            {line(entry.text, 1000)}
            {entry.output && (
              <details>
                <summary>output</summary>
                <pre class="code" tabIndex={0}>
                  <LongText text={entry.output} most={20_000} />
                </pre>
              </details>
            )}
          </span>
        </li>
      ))}
      <li ref={end} aria-hidden="true" />
    </ol>
  );
}
