import { lazy, Suspense } from 'preact/compat';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { close, turn, type PaneKind, type PaneSpec } from '../lib/address';
import { foreign } from '../lib/owner';
import { line } from '../lib/text';
import { age } from '../lib/time';
import { live, now } from '../live/store';
import { StateMark } from '../view/StateMark';
import { LogPane } from './LogPane';
import { Prompt } from './Prompt';
import { Requests } from './Requests';
import { Tabs } from './Tabs';

/** Most of the page's weight, and each is needed only where it is looked at. */
const TerminalPane = lazy(() => import('./TerminalPane'));
const DiffPane = lazy(() => import('./DiffPane'));

const KINDS: readonly [PaneKind, string][] = [
  ['terminal', 'Terminal'],
  ['shell', 'Shell'],
  ['diff', 'Diff'],
  ['log', 'Log'],
];

export function Pane({ spec, index, count }: { spec: PaneSpec; index: number; count: number }) {
  const row = live.value.sessions.get(spec.session);
  const title = row ? `${row.host}/${row.name}` : spec.session;
  const elsewhere = row ? foreign(row) : null;
  const id = `pane-${index}`;
  const scrolls = spec.kind === 'diff' || spec.kind === 'log';
  const section = useRef<HTMLElement>(null);
  // In a single column, a pane that is opened lies below all that is seen.
  useLayoutEffect(() => {
    if (matchMedia('(max-width: 900px)').matches) {
      section.current?.scrollIntoView({ block: 'start' });
    }
  }, []);
  return (
    <section
      class="pane"
      id={id}
      data-pane={index}
      tabIndex={-1}
      ref={section}
      aria-label={`Pane ${index + 1} of ${count}: ${line(title, 100)}`}
    >
      <header>
        {row && <StateMark state={row.state} />}
        <h2>
          <bdi>{line(title, 100)}</bdi>
        </h2>
        {row && (
          <span class="muted">
            {row.state} {age(row.since, now.value)}
            {row.stale && ` · as of ${age(row.asOf, now.value)} ago`}
          </span>
        )}
        <Tabs
          id={id}
          label="What this pane shows"
          tabs={KINDS}
          chosen={spec.kind}
          choose={(kind) => turn(index, kind)}
        />
        <button
          type="button"
          class="quiet close"
          aria-label={`Close pane ${index + 1}`}
          title="Alt-W"
          onClick={() => close(index)}
        >
          ✕
        </button>
      </header>
      {row?.detail && <p class="doing">{line(row.detail)}</p>}
      <Requests session={spec.session} />
      <div
        class="body"
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-tab-${spec.kind}`}
        tabIndex={scrolls ? 0 : undefined}
      >
        {!row ? (
          <p class="empty">This session is not on the board any more.</p>
        ) : elsewhere && (spec.kind === 'shell' || (spec.kind === 'terminal' && !row.managed)) ? (
          <p class="empty">
            {elsewhere.why} <code>{elsewhere.fix}</code> takes it over.
          </p>
        ) : spec.kind === 'log' ? (
          <LogPane session={spec.session} />
        ) : (
          <Suspense fallback={<p class="empty">Loading…</p>}>
            {spec.kind === 'diff' ? (
              <DiffPane session={spec.session} changes={row.changes} />
            ) : (
              <TerminalPane
                key={spec.kind}
                session={spec.session}
                kind={spec.kind === 'shell' ? 'shell' : 'agent'}
                name={line(title, 100)}
                index={index}
                runs={row.lifecycle === 'running'}
                watched={elsewhere !== null}
              />
            )}
          </Suspense>
        )}
      </div>
      {row &&
        (elsewhere ? (
          <footer>
            <p class="muted">
              {elsewhere.why} <code>{elsewhere.fix}</code> takes it over.
            </p>
          </footer>
        ) : (
          <Prompt session={spec.session} ended={row.lifecycle === 'ended'} />
        ))}
    </section>
  );
}
