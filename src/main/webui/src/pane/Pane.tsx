import { lazy, Suspense } from 'preact/compat';
import { useState } from 'preact/hooks';
import { sentence } from '../api/problem';
import { ulid } from '../api/ulid';
import { close, turn, type PaneKind, type PaneSpec } from '../lib/address';
import { line } from '../lib/text';
import { age } from '../lib/time';
import { client, live, now } from '../live/store';
import { RequestCard } from '../view/InboxView';
import { StateMark } from '../view/StateMark';
import { DiffPane } from './DiffPane';
import { LogPane } from './LogPane';

/** Half of the page's weight, and not needed for the board. */
const TerminalPane = lazy(() => import('./TerminalPane'));

const KINDS: readonly [PaneKind, string][] = [
  ['terminal', 'Terminal'],
  ['shell', 'Shell'],
  ['diff', 'Diff'],
  ['log', 'Log'],
];

export function Pane({ spec, index }: { spec: PaneSpec; index: number }) {
  const row = live.value.sessions.get(spec.session);
  const requests = [...live.value.requests.values()].filter(
    (each) => each.session === spec.session,
  );
  const title = row ? `${row.host}/${row.name}` : spec.session;
  return (
    <section
      class="pane"
      id={`pane-${index}`}
      data-pane={index}
      tabIndex={-1}
      aria-label={`Pane ${index + 1}: ${title}`}
    >
      <header>
        {row && <StateMark state={row.state} />}
        <h2>
          <bdi>{line(title, 100)}</bdi>
        </h2>
        {row && (
          <span class="muted">
            {row.state} {age(row.since, now.value)}
          </span>
        )}
        <div class="kinds" role="tablist" aria-label="What this pane shows">
          {KINDS.map(([kind, name]) => (
            <button
              key={kind}
              type="button"
              role="tab"
              class="tab"
              aria-selected={spec.kind === kind}
              onClick={() => turn(index, kind)}
            >
              {name}
            </button>
          ))}
        </div>
        <button
          type="button"
          class="quiet"
          aria-label={`Close pane ${index + 1}`}
          onClick={() => close(index)}
        >
          ✕
        </button>
      </header>
      {row?.detail && <p class="doing">{line(row.detail)}</p>}
      {requests.length > 0 && (
        <ul class="cards wide asked">
          {requests.map((each) => (
            <RequestCard key={each.id} row={each} />
          ))}
        </ul>
      )}
      <div class="body" role="tabpanel">
        {!row ? (
          <p class="empty">This session is not on the board any more.</p>
        ) : spec.kind === 'diff' ? (
          <DiffPane session={spec.session} changes={row.changes} />
        ) : spec.kind === 'log' ? (
          <LogPane session={spec.session} />
        ) : (
          <Suspense fallback={<p class="empty">Loading the terminal…</p>}>
            <TerminalPane
              key={spec.kind}
              session={spec.session}
              kind={spec.kind === 'shell' ? 'shell' : 'agent'}
            />
          </Suspense>
        )}
      </div>
      {row && <Prompt session={spec.session} ended={row.lifecycle === 'ended'} />}
    </section>
  );
}

/** The next prompt, and what else can be done to a session. */
function Prompt({ session, ended }: { session: string; ended: boolean }) {
  const [text, setText] = useState('');
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const act = async (action: () => Promise<{ text: string }>, after?: () => void) => {
    setBusy(true);
    try {
      setSaid((await action()).text);
      after?.();
    } catch (failure) {
      setSaid(sentence(failure));
    }
    setBusy(false);
  };
  return (
    <footer>
      {ended ? (
        <button type="button" disabled={busy} onClick={() => act(() => client.resume(session))}>
          Resume
        </button>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (text) {
              void act(
                () => client.send(session, ulid(), text),
                () => setText(''),
              );
            }
          }}
        >
          <textarea
            rows={1}
            aria-label="Next prompt; Enter sends, Shift-Enter makes a new line"
            placeholder="Next prompt"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
                event.preventDefault();
                event.currentTarget.form?.requestSubmit();
              }
            }}
          />
          <button type="submit" disabled={busy || !text}>
            Send
          </button>
          <button
            type="button"
            class="quiet"
            disabled={busy}
            onClick={() => act(() => client.interrupt(session))}
          >
            Interrupt
          </button>
          <button
            type="button"
            class="quiet"
            disabled={busy}
            onClick={() => act(() => client.stop(session))}
          >
            Stop
          </button>
        </form>
      )}
      {said && (
        <p class="said" role="status">
          {line(said, 400)}
        </p>
      )}
    </footer>
  );
}
