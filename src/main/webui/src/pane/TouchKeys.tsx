import type { Terminal } from '@xterm/xterm';

/** Keys that a phone's keyboard does not have; as a keyboard would send them. */
const KEYS: readonly [string, string, string][] = [
  ['Esc', 'Escape', '\x1b'],
  ['Tab', 'Tab', '\t'],
  ['^C', 'Control C', '\x03'],
  ['←', 'Left', 'D'],
  ['↓', 'Down', 'B'],
  ['↑', 'Up', 'A'],
  ['→', 'Right', 'C'],
  ['⏎', 'Enter', '\r'],
];

/** Shown by the style sheet where the pointer is a finger. */
export function TouchKeys({ terminal }: { terminal: Terminal }) {
  const press = (code: string) => {
    const arrow = /^[A-D]$/.test(code);
    const start = terminal.modes.applicationCursorKeysMode ? '\x1bO' : '\x1b[';
    terminal.input(arrow ? start + code : code, true);
  };
  return (
    <div class="touch-keys" role="group" aria-label="Keys for the terminal">
      {KEYS.map(([face, name, code]) => (
        <button
          key={name}
          type="button"
          class="quiet"
          aria-label={name}
          // The keyboard on the screen stays as it is.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => press(code)}
        >
          {face}
        </button>
      ))}
    </div>
  );
}
