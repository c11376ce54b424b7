import { address, close, go, MOST_PANES, open, type PaneSpec } from '../lib/address';
import { needsYou } from '../lib/filter';
import { live } from '../live/store';

/** Alt with one of these goes to the page from anywhere, from within a terminal too. */
const CODES: ReadonlySet<string> = new Set([
  'Digit1',
  'Digit2',
  'Digit3',
  'Digit4',
  'KeyJ',
  'KeyS',
  'KeyW',
]);

export function isPaneKey(event: KeyboardEvent): boolean {
  // AltGr, which writes characters, comes as Ctrl and Alt.
  const plain = event.altKey && !event.ctrlKey && !event.metaKey && CODES.has(event.code);
  return plain && !writes(event);
}

/** Whether it writes a character of its own into a field, as a Mac's Option-S does with `ß`. */
function writes({ key, code, target }: KeyboardEvent): boolean {
  const field = target instanceof Element && target.matches('input, textarea, select');
  const inTerminal = field && target.matches('.xterm-helper-textarea');
  return (
    field && !inTerminal && key.length === 1 && key.toUpperCase() !== code.replace(/^Key|^Digit/, '')
  );
}

/** Does what a key of the panes asks for: Alt-1…4 go there, Alt-J, Alt-S and Alt-W. */
export function onPaneKey(event: KeyboardEvent): void {
  if (!isPaneKey(event)) {
    return;
  }
  event.preventDefault();
  const at = focused();
  switch (event.code) {
    case 'KeyJ':
      next(at);
      break;
    case 'KeyS':
      if (at !== null) {
        split(at);
      }
      break;
    case 'KeyW':
      if (at !== null) {
        close(at);
        focusPane(Math.min(at, address.value.panes.length - 1));
      }
      break;
    default:
      enter(Number(event.code.at(-1)) - 1);
  }
}

/** The pane that the keyboard is in. */
function focused(): number | null {
  const index = document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane');
  return index == null ? null : Number(index);
}

/** To a pane; where that is focused already, into what it shows. */
function enter(index: number): void {
  const pane = document.getElementById(`pane-${index}`);
  if (pane && pane === document.activeElement) {
    const inside = '.xterm-helper-textarea, .patch, [role=tabpanel][tabindex]';
    pane.querySelector<HTMLElement>(inside)?.focus();
  } else {
    pane?.focus();
  }
}

/** When it has been drawn. */
function focusPane(index: number): void {
  requestAnimationFrame(() => document.getElementById(`pane-${index}`)?.focus());
}

/** The next session that needs a person, behind the one of the pane: shown, and gone to. */
function next(at: number | null): void {
  const waiting = [...live.value.sessions.values()]
    .filter((row) => needsYou(row.state))
    .sort((a, b) => (a.since < b.since ? -1 : 1))
    .map((row) => row.id);
  const session = follower(waiting, at === null ? null : (address.value.panes[at]?.session ?? null));
  if (session === null) {
    return;
  }
  const shown = address.value.panes.findIndex((each) => each.session === session);
  if (shown < 0) {
    open(session);
  }
  focusPane(shown < 0 ? address.value.panes.length - 1 : shown);
}

/** The one behind another, in a ring. */
export function follower(ring: readonly string[], current: string | null): string | null {
  return ring[(ring.indexOf(current ?? '') + 1) % ring.length] ?? null;
}

/** Another view of a pane's session beside it: its diff, or its terminal. */
function split(at: number): void {
  const { panes } = address.value;
  const spec = panes[at];
  if (!spec || panes.length >= MOST_PANES) {
    return;
  }
  go({ panes: withBeside(panes, at, spec) }, true);
  focusPane(at + 1);
}

export function withBeside(panes: readonly PaneSpec[], at: number, spec: PaneSpec): PaneSpec[] {
  const kind = spec.kind === 'terminal' ? 'diff' : 'terminal';
  return [...panes.slice(0, at + 1), { session: spec.session, kind }, ...panes.slice(at + 1)];
}
