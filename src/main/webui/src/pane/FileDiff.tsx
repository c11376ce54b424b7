import { useEffect, useRef, useState } from 'preact/hooks';
import { sentence } from '../api/problem';
import type { FileChange } from '../api/types';
import { foreign } from '../lib/owner';
import { line } from '../lib/text';
import { client, live } from '../live/store';
import { highlightPatch } from './highlight';
import { languageOf } from './language';
import { files, type PatchFile, type PatchLine } from './patch';
import { PatchTable, type View } from './PatchTable';
import { usePicking } from './picking';
import { Plain } from './Plain';
import { Remark } from './Remark';
import { place, prompt } from './remark';
import type { Part } from './DiffPane';
import type { Token } from './tokens';

/** So many lines are drawn at once. */
const STEP = 500;

/** Bytes of one file's patch that are fetched unasked. */
const AT_FIRST = 256 * 1024;

interface Fetched {
  patch: PatchFile | undefined;
  whole: boolean;
  /** What it was limited to; none: to what the service gives at most. */
  most: number | undefined;
}

const NO_TOKENS: ReadonlyMap<PatchLine, Token[]> = new Map();
const NO_LINES: readonly PatchLine[] = [];

/** One file of a session's work. */
export function FileDiff({
  session,
  change,
  patch,
  whole,
  part,
  view,
  opened,
  busy,
}: {
  session: string;
  change: FileChange;
  /** What of it came with the diff of all. */
  patch: PatchFile | undefined;
  /** Whether that is all of it. */
  whole: boolean;
  part: Part;
  view: View;
  opened: boolean;
  /** Told while a person picks lines or writes about them. */
  busy: (is: boolean) => void;
}) {
  const root = useRef<HTMLDetailsElement>(null);
  const [open, setOpen] = useState(opened);
  const [most, setMost] = useState(STEP);
  const [fetched, setFetched] = useState<Fetched | null>(null);
  const [failure, setFailure] = useState('');
  const [tokens, setTokens] = useState(NO_TOKENS);
  const file = fetched?.patch ?? patch;
  const complete = fetched ? fetched.whole : whole;
  const lines = file?.lines ?? NO_LINES;
  const drawn = lines.length > most ? lines.slice(0, most) : lines;
  const picking = usePicking(drawn);

  // The work went on: what was fetched is old.
  useEffect(() => setFetched(null), [patch]);
  useEffect(() => busy(picking.mark !== null), [picking.mark !== null]);
  useEffect(() => {
    const language = languageOf(change.path);
    let live = true;
    setTokens(NO_TOKENS);
    if (open && language && drawn.length > 0) {
      void highlightPatch(language, drawn).then((found) => live && setTokens(found));
    }
    return () => {
      live = false;
    };
  }, [open, file, drawn.length, change.path]);

  const load = async (limit?: number) => {
    setFailure('');
    try {
      const answer = await client.diff(session, {
        part,
        paths: [...new Set([change.path, change.oldPath])],
        ...(limit === undefined ? {} : { limit }),
      });
      const found = files(answer.patch).find((each) => each.path === change.path);
      setFetched({ patch: found, whole: !answer.truncated, most: limit });
      setMost(STEP);
    } catch (why) {
      setFailure(sentence(why));
    }
  };
  // A file that others left no room for is fetched when it comes into sight.
  const missing = file === undefined && !complete && !failure;
  useEffect(() => {
    if (!open || !missing || !root.current) {
      return;
    }
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) {
        observer.disconnect();
        void load(AT_FIRST);
      }
    });
    observer.observe(root.current);
    return () => observer.disconnect();
  }, [open, missing]);
  const { mark } = picking;
  const row = live.value.sessions.get(session);
  const watched = row && foreign(row) !== null;
  return (
    <details
      ref={root}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <Name change={change} /> <Counts change={change} />
        {part === 'all' && <Standing change={change} />}
      </summary>
      {open && lines.length > 0 && (
        <table
          class={`patch ${view}`}
          tabIndex={0}
          aria-label={`Changes of ${line(change.path)}. Arrows pick a line, with Shift more, Enter comments.`}
          {...picking.handlers}
        >
          <Columns view={view} />
          <PatchTable
            lines={drawn}
            view={view}
            tokens={tokens}
            mark={mark}
            below={
              mark &&
              !watched &&
              (picking.open ? (
                <Remark
                  session={session}
                  place={place(drawn, mark)}
                  compose={(words) => prompt(change.path, drawn, mark, words)}
                  close={picking.clear}
                />
              ) : (
                <button type="button" class="comment" onClick={() => picking.setOpen(true)}>
                  Comment on {place(drawn, mark)}
                </button>
              ))
            }
          />
        </table>
      )}
      {open && lines.length > most && (
        <p class="rest">
          <button type="button" class="quiet" onClick={() => setMost(most + STEP)}>
            {Math.min(STEP, lines.length - most).toLocaleString()} more lines
          </button>
          <span class="muted">of {lines.length.toLocaleString()}</span>
        </p>
      )}
      {open && lines.length <= most && !complete && (
        <p class="rest">
          {missing ? (
            <span class="muted">Asking the host…</span>
          ) : fetched && fetched.most === undefined ? (
            <span class="muted">Cut here at 8 MiB: the whole is in the worktree.</span>
          ) : (
            <button type="button" class="quiet" onClick={() => void load()}>
              Show the rest of this file
            </button>
          )}
        </p>
      )}
      {open && lines.length === 0 && complete && <p class="rest muted">No lines to show.</p>}
      {failure && <p class="failure">{failure}</p>}
    </details>
  );
}

function Columns({ view }: { view: View }) {
  return view === 'unified' ? (
    <colgroup>
      <col class="number" />
      <col class="number" />
      <col />
    </colgroup>
  ) : (
    <colgroup>
      <col class="number" />
      <col />
      <col class="number" />
      <col />
    </colgroup>
  );
}

const WORDS: Record<string, string> = {
  A: 'added',
  M: 'changed',
  D: 'deleted',
  R: 'moved',
  C: 'copied',
  T: 'type changed',
  '?': 'untracked',
};

export function Name({ change }: { change: FileChange }) {
  return (
    <>
      <span class={`letter of-${change.status === '?' ? 'untracked' : change.status}`} title={WORDS[change.status]}>
        {change.status}
      </span>{' '}
      <bdi class="path">
        {change.oldPath && change.oldPath !== change.path && (
          <>
            <Plain text={change.oldPath} /> →{' '}
          </>
        )}
        <Plain text={change.path} />
      </bdi>
    </>
  );
}

export function Counts({ change }: { change: FileChange }) {
  return change.added < 0 ? (
    <span class="muted">binary or large</span>
  ) : (
    <span class="counts">
      <ins>+{change.added}</ins> <del>−{change.removed}</del>
    </span>
  );
}

export function Standing({ change }: { change: FileChange }) {
  return change.committed ? (
    <span class="tag">committed</span>
  ) : (
    <span class="tag open">{change.status === '?' ? 'untracked' : 'uncommitted'}</span>
  );
}
