import { lazy, Suspense } from 'preact/compat';
import { address, go, type Page } from '../lib/address';
import { live, needsYou, now, signIn, stream } from '../live/store';
import { spoken } from '../live/announce';
import { hostNeedsYou } from '../lib/filter';
import { age } from '../lib/time';
import { BoardView } from './BoardView';
import { HeaderTools } from './HeaderTools';
import { KeysHelp } from './KeysHelp';
import { SignInView } from './SignInView';
import { useShortcuts } from './shortcuts';

/** Not needed for the first look at the board. */
const HostsView = lazy(() => import('./HostsView').then((it) => ({ default: it.HostsView })));
const InboxView = lazy(() => import('./InboxView'));
const Panes = lazy(() => import('../pane/Panes'));
const StartView = lazy(() => import('./StartView').then((it) => ({ default: it.StartView })));
const UsageView = lazy(() => import('./UsageView'));

const PAGES: readonly [Page, string][] = [
  ['board', 'Board'],
  ['inbox', 'Inbox'],
  ['hosts', 'Hosts'],
  ['start', 'Start'],
  ['usage', 'Usage'],
];

export function App() {
  useShortcuts();
  if (signIn.value === 'checking') {
    return null;
  }
  if (signIn.value === 'out') {
    return <SignInView />;
  }
  const { page, panes } = address.value;
  return (
    <div class={panes.length > 0 ? 'shell with-panes' : 'shell'}>
      <a class="skip" href="#main">
        Skip to the {page}
      </a>
      <Header page={page} />
      <main id="main" tabIndex={-1}>
        <Suspense fallback={<p class="empty">Loading…</p>}>
          {page === 'board' && <BoardView />}
          {page === 'inbox' && <InboxView />}
          {page === 'hosts' && <HostsView />}
          {page === 'start' && <StartView />}
          {page === 'usage' && <UsageView />}
        </Suspense>
      </main>
      <Suspense fallback={<section class="panes" />}>{panes.length > 0 && <Panes />}</Suspense>
      <KeysHelp />
      <div class="hidden" role="log" aria-label="Changes" aria-live="polite">
        {spoken.value}
      </div>
    </div>
  );
}

function Header({ page }: { page: Page }) {
  const waiting = live.value.requests.size;
  const troubled = [...live.value.hosts.values()].filter(hostNeedsYou).length;
  return (
    <header class="top">
      <h1 class="brand">Muster</h1>
      <nav aria-label="Pages">
        {PAGES.map(([key, title]) => (
          <button
            key={key}
            type="button"
            class="tab"
            aria-current={page === key ? 'page' : undefined}
            onClick={() => go({ page: key }, true)}
          >
            {title}
            {key === 'inbox' && waiting > 0 && <Count of={waiting} what="waiting" />}
            {key === 'hosts' && troubled > 0 && <Count of={troubled} what="need you" />}
          </button>
        ))}
      </nav>
      <Standing />
      <HeaderTools />
    </header>
  );
}

function Count({ of, what }: { of: number; what: string }) {
  return (
    <span class="count">
      {of}
      <span class="hidden"> {what}</span>
    </span>
  );
}

/** Whether what is shown is now; told to screen readers when it changes. */
function Standing() {
  const { totals, asOf } = live.value;
  const waiting = needsYou.value;
  const text =
    stream.value === 'live'
      ? `${totals.sessions} ${totals.sessions === 1 ? 'session' : 'sessions'}${waiting > 0 ? `, ${waiting} need you` : ''}`
      : asOf
        ? `connection lost, as of ${age(asOf, now.value)} ago`
        : 'connecting…';
  return (
    <span class={`standing ${stream.value}`} role="status">
      {text}
    </span>
  );
}
