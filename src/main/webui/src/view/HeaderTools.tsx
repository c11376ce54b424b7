import { notices, toggleNotices } from '../live/announce';
import { client, signOut } from '../live/store';
import { nextTheme, theme } from '../lib/theme';
import { helping } from './KeysHelp';

const THEME_ICONS = {
  system: 'M8 2a6 6 0 1 0 0 12V2Z M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Z',
  light:
    'M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z M7.4 0h1.2v2.6H7.4z M7.4 13.4h1.2V16H7.4z M0 7.4h2.6v1.2H0z M13.4 7.4H16v1.2h-2.6z',
  dark: 'M6 1.5A6.5 6.5 0 1 0 14.5 10 5.6 5.6 0 0 1 6 1.5Z',
};

const BELL = 'M8 1a4 4 0 0 0-4 4v3L2.5 11h11L12 8V5a4 4 0 0 0-4-4Z M6.3 12.2a1.8 1.8 0 0 0 3.4 0Z';

/** What belongs to this browser and not to the board. */
export function HeaderTools() {
  return (
    <div class="tools">
      <NoticesButton />
      <button
        type="button"
        class="icon"
        aria-label={`Theme: ${theme.value}`}
        title={`Theme: ${theme.value}`}
        onClick={nextTheme}
      >
        <Icon path={THEME_ICONS[theme.value]} />
      </button>
      <button
        type="button"
        class="icon"
        aria-label="Keys"
        title="Keys (?)"
        onClick={() => (helping.value = true)}
      >
        ?
      </button>
      <button
        type="button"
        class="quiet"
        onClick={() => void client.signOut().finally(signOut)}
      >
        Sign out
      </button>
    </div>
  );
}

function NoticesButton() {
  if (notices.value === 'unsupported') {
    return null;
  }
  const title = {
    denied: 'Notifications are blocked in the browser’s settings',
    off: 'Notify me when something needs me',
    on: 'Notifications are on',
  }[notices.value];
  return (
    <button
      type="button"
      class={`icon ${notices.value}`}
      aria-label="Notifications"
      aria-pressed={notices.value === 'on'}
      title={title}
      disabled={notices.value === 'denied'}
      onClick={() => void toggleNotices()}
    >
      <Icon path={BELL} />
    </button>
  );
}

function Icon({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={path} fill="currentColor" fill-rule="evenodd" />
    </svg>
  );
}
