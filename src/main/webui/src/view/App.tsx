import { lazy, Suspense } from 'preact/compat';
import { address, go, type Page } from '../lib/address';
import { client, live, needsYou, now, signIn, signOut, stream } from '../live/store';
import { age } from '../lib/time';
import { BoardView } from './BoardView';
import { HostsView } from './HostsView';
import { StartView } from './StartView';
import { SignInView } from './SignInView';
import { useShortcuts } from './shortcuts';

/** Not needed for the board. */
const InboxView = lazy(() => import('./InboxView'));
const Panes = lazy(() => import('../pane/Panes'));

const PAGES: readonly [Page, string][] = [
  ['board', 'Board'],
  ['inbox', 'Inbox'],
  ['hosts', 'Hosts'],
  ['start', 'Start'],
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
        Skip to the board
      </a>
      <Header page={page} />
      <main id="main" tabIndex={-1}>
        {page === 'board' && <BoardView />}
        <Suspense fallback={null}>{page === 'inbox' && <InboxView />}</Suspense>
        {page === 'hosts' && <HostsView />}
        {page === 'start' && <StartView />}
      </main>
      <Suspense fallback={<section class="panes" />}>{panes.length > 0 && <Panes />}</Suspense>
    </div>
  );
}

function Header({ page }: { page: Page }) {
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
            {key === 'inbox' && live.value.requests.size > 0 && (
              <span class="count">{live.value.requests.size}</span>
            )}
          </button>
        ))}
      </nav>
      <Standing />
      <button
        type="button"
        class="quiet"
        onClick={() => void client.signOut().finally(signOut)}
      >
        Sign out
      </button>
    </header>
  );
}

/** Whether what is shown is now; told to screen readers when it changes. */
function Standing() {
  const { totals, asOf } = live.value;
  const waiting = needsYou.value;
  const text =
    stream.value === 'live'
      ? `${totals.sessions} sessions${waiting > 0 ? `, ${waiting} need you` : ''}`
      : asOf
        ? `connection lost, as of ${age(asOf, now.value)} ago`
        : 'connecting…';
  return (
    <span class={`standing ${stream.value}`} role="status">
      {text}
    </span>
  );
}
