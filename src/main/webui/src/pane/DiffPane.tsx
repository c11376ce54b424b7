import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { sentence } from '../api/problem';
import type { Changes, Diff } from '../api/types';
import { client } from '../live/store';
import { Counts, FileDiff, Name, Standing } from './FileDiff';
import { files } from './patch';
import type { View } from './PatchTable';
import './diff.css';

/** Which of the work: all since the base, or before or since the last commit. */
export type Part = 'all' | 'committed' | 'uncommitted';

const PARTS: readonly [Part, string][] = [
  ['all', 'All'],
  ['committed', 'Committed'],
  ['uncommitted', 'Uncommitted'],
];

const VIEWS: readonly [View, string][] = [
  ['unified', 'Unified'],
  ['split', 'Side by side'],
];

/** Bytes of patch for all files together; a file that is not in it is fetched when asked for. */
const AT_ONCE = 1 << 20;

/** Files are open from the start while no more lines than this are drawn. */
const OPEN_LINES = 3000;
const OPEN_FILE = 600;

const KEPT = 'muster.diff.view';

interface Shown {
  diff: Diff;
  part: Part;
  /** How often a person had asked for it anew. */
  asked: number;
}

/** A session's work against its base; asked for again when the board says that it changed. */
export default function DiffPane({ session, changes }: { session: string; changes: Changes | null }) {
  const [part, setPart] = useState<Part>('all');
  const [view, setView] = useState<View>(localStorage.getItem(KEPT) === 'split' ? 'split' : 'unified');
  const [shown, setShown] = useState<Shown | null>(null);
  const [failure, setFailure] = useState('');
  const [asked, setAsked] = useState(0);
  const picking = useRef(new Set<string>());
  const [held, setHeld] = useState(false);
  const key = JSON.stringify(changes);
  useEffect(() => {
    // Nothing moves under the hand of somebody who writes about it.
    if (picking.current.size > 0 && shown?.part === part) {
      setHeld(true);
      return;
    }
    setHeld(false);
    const abort = new AbortController();
    client.diff(session, { part, limit: AT_ONCE }, abort.signal).then(
      (diff) => {
        setShown({ diff, part, asked });
        setFailure('');
      },
      (why: unknown) => {
        if (!abort.signal.aborted) {
          setFailure(sentence(why));
        }
      },
    );
    return () => abort.abort();
  }, [session, key, part, asked]);
  const again = () => {
    picking.current.clear();
    setAsked(asked + 1);
  };
  return (
    <div class="diff">
      <div class="bar">
        <Choice
          label="Which changes"
          options={PARTS}
          chosen={part}
          choose={(next) => {
            picking.current.clear();
            setPart(next);
          }}
        />
        <Choice
          label="How they are shown"
          options={VIEWS}
          chosen={view}
          choose={(next) => {
            localStorage.setItem(KEPT, next);
            setView(next);
          }}
        />
        <button type="button" class="quiet" onClick={again}>
          Refresh
        </button>
      </div>
      {held && (
        <p class="notice" role="status">
          The work has changed since.{' '}
          <button type="button" class="link" onClick={again}>
            Show it as it is now
          </button>
        </p>
      )}
      {failure && <p class="failure">{failure}</p>}
      {!shown ? (
        !failure && <p class="empty">Asking the host…</p>
      ) : (
        <Files
          key={`${shown.part}.${shown.asked}`}
          session={session}
          shown={shown}
          view={view}
          busy={(path, is) => {
            if (is) {
              picking.current.add(path);
            } else {
              picking.current.delete(path);
            }
          }}
        />
      )}
    </div>
  );
}

function Files({
  session,
  shown: { diff, part },
  view,
  busy,
}: {
  session: string;
  shown: Shown;
  view: View;
  busy: (path: string, is: boolean) => void;
}) {
  const root = useRef<HTMLDivElement>(null);
  const patches = useMemo(() => {
    const found = files(diff.patch);
    const cut = diff.truncated ? found.at(-1)?.path : undefined;
    return new Map(found.map((patch) => [patch.path, { patch, whole: patch.path !== cut }]));
  }, [diff]);
  const opened = useMemo(() => {
    let room = OPEN_LINES;
    return diff.files.map(({ added, removed }) => {
      const lines = Math.max(0, added) + Math.max(0, removed);
      room -= lines <= OPEN_FILE ? lines : 0;
      return lines <= OPEN_FILE && room >= 0;
    });
  }, [diff]);
  if (diff.files.length === 0) {
    return <p class="empty">No changes.</p>;
  }
  const added = diff.files.reduce((sum, each) => sum + Math.max(0, each.added), 0);
  const removed = diff.files.reduce((sum, each) => sum + Math.max(0, each.removed), 0);
  const jump = (index: number) => {
    const target = root.current?.querySelectorAll('.files > details')[index];
    target?.scrollIntoView({ block: 'start' });
    target?.querySelector('summary')?.focus({ preventScroll: true });
  };
  return (
    <div class="with-list" ref={root}>
      <details class="list-of-files" open={diff.files.length <= 40}>
        <summary>
          {diff.files.length} {diff.files.length === 1 ? 'file' : 'files'} <ins>+{added}</ins>{' '}
          <del>−{removed}</del>
        </summary>
        <ul aria-label="Changed files">
          {diff.files.map((change, i) => (
            <li key={change.path}>
              <button type="button" class="link" onClick={() => jump(i)}>
                <Name change={change} />
              </button>
              <Counts change={change} />
              {part === 'all' && <Standing change={change} />}
            </li>
          ))}
        </ul>
      </details>
      <div class="files">
        {diff.files.map((change, i) => {
          const known = patches.get(change.path);
          return (
            <FileDiff
              key={change.path}
              session={session}
              change={change}
              patch={known?.patch}
              whole={known ? known.whole : !diff.truncated && change.added >= 0}
              part={part}
              view={view}
              opened={opened[i] ?? false}
              busy={(is) => busy(change.path, is)}
            />
          );
        })}
      </div>
    </div>
  );
}

/** One of a few, all of them in sight. */
function Choice<T extends string>({
  label,
  options,
  chosen,
  choose,
}: {
  label: string;
  options: readonly [T, string][];
  chosen: T;
  choose: (value: T) => void;
}) {
  return (
    <div class="segments" role="group" aria-label={label}>
      {options.map(([value, text]) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          onClick={() => choose(value)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
