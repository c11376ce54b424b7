import { signal } from '@preact/signals';
import { setSingleKeys, singleKeys } from '../lib/keys';
import { Dialog } from './Dialog';

/** Whether the list of keys is shown. */
export const helping = signal(false);

const KEYS: readonly [string, readonly [string, string][]][] = [
  [
    'Pages',
    [
      ['b', 'Board'],
      ['i', 'Inbox'],
      ['h', 'Hosts'],
      ['n', 'Start a session'],
      ['u', 'Usage'],
      ['/', 'Filter'],
      ['?', 'These keys'],
    ],
  ],
  [
    'Board',
    [
      ['j ↓', 'Next session'],
      ['k ↑', 'Session before'],
      ['Home End', 'First, last'],
      ['Enter', 'Open in a pane'],
    ],
  ],
  [
    'Panes',
    [
      ['Alt-1 … Alt-4', 'Go to a pane'],
      ['Alt-J', 'Next session that needs you'],
      ['Alt-S', 'Split the pane'],
      ['Alt-W', 'Close the pane'],
    ],
  ],
];

/** What can be done without a mouse. */
export function KeysHelp() {
  if (!helping.value) {
    return null;
  }
  return (
    <Dialog title="Keys" close={() => (helping.value = false)}>
      <div class="keyhelp">
        {KEYS.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, what]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label class="option">
        <input
          type="checkbox"
          checked={singleKeys.value}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
        Single keys change the page
      </label>
      <div class="actions">
        <button type="button" class="quiet" onClick={() => (helping.value = false)}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
