import { useEffect, useRef, useState } from 'preact/hooks';
import type { LogEntry } from '../api/types';
import { kept } from '../api/secret';
import { readStream } from '../live/sse';
import { line, safe } from '../lib/text';
import { moment } from '../lib/time';

const MOST = 2000;

/** What happened to a session, and what happens now. */
export function LogPane({ session }: { session: string }) {
  const [entries, setEntries] = useState<LogEntry[]>([]);
  const end = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const abort = new AbortController();
    let after = 0;
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
              setEntries((before) => [...before, entry].slice(-MOST));
            }
          },
        );
        await new Promise((done) => setTimeout(done, 2000));
      }
    };
    setEntries([]);
    void follow();
    return () => abort.abort();
  }, [session]);
  useEffect(() => end.current?.scrollIntoView({ block: 'nearest' }), [entries]);
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
                <pre class="code">{safe(entry.output)}</pre>
              </details>
            )}
          </span>
        </li>
      ))}
      <li ref={end} aria-hidden="true" />
    </ol>
  );
}
