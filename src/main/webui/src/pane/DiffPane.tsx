import { useEffect, useMemo, useState } from 'preact/hooks';
import { sentence } from '../api/problem';
import type { Changes, Diff } from '../api/types';
import { safe } from '../lib/text';
import { client } from '../live/store';
import { files, type PatchFile } from './patch';

/** A file of more lines than this is shown when asked for. */
const LONG = 600;

/** A session's work against its base, counted anew when its changes do. */
export function DiffPane({ session, changes }: { session: string; changes: Changes | null }) {
  const [diff, setDiff] = useState<Diff | null>(null);
  const [failure, setFailure] = useState('');
  const key = JSON.stringify(changes);
  useEffect(() => {
    const abort = new AbortController();
    client.diff(session, abort.signal).then(
      (answer) => {
        setDiff(answer);
        setFailure('');
      },
      (why: unknown) => {
        if (!abort.signal.aborted) {
          setFailure(sentence(why));
        }
      },
    );
    return () => abort.abort();
  }, [session, key]);
  const parts = useMemo(() => (diff ? files(diff.patch) : []), [diff]);
  if (failure) {
    return <p class="failure">{failure}</p>;
  }
  if (!diff) {
    return <p class="empty">Asking the host…</p>;
  }
  return (
    <div class="diff">
      {parts.length === 0 && <p class="empty">No changes.</p>}
      {parts.map((part) => (
        <FileDiff key={part.path} file={part} />
      ))}
      {diff.truncated && <p class="muted">Cut here: the whole diff is too long for a page.</p>}
    </div>
  );
}

function FileDiff({ file }: { file: PatchFile }) {
  const [open, setOpen] = useState(file.lines.length <= LONG);
  const added = file.lines.filter((each) => each.kind === 'added').length;
  const removed = file.lines.filter((each) => each.kind === 'removed').length;
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <bdi>{safe(file.path)}</bdi> <ins>+{added}</ins> <del>−{removed}</del>
      </summary>
      {open && (
        <table class="patch">
          <tbody>
            {file.lines.map((each, i) => (
              <tr key={i} class={each.kind}>
                <td class="at">{each.old}</td>
                <td class="at">{each.new}</td>
                <td>
                  <pre>{safe(each.text)}</pre>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
