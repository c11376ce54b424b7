import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { kept } from '../api/secret';
import { line } from '../lib/text';
import { FindBar } from './FindBar';
import { isPaneKey } from './keys';
import { isRisky, pasted, type Pasted } from './paste';
import { PasteGuard } from './PasteGuard';
import { openScreen, type Screen } from './screen';
import { TerminalSocket } from './socket';
import { TouchKeys } from './TouchKeys';
import './terminal.css';

const encoder = new TextEncoder();

/** Lines that have scrolled away and come with the screen. */
const HISTORY = 5_000;

const KEPT_SIZE = 'muster.terminal.font';
const KEPT_READER = 'muster.terminal.reader';
const NEW_SHELL = '\x1b[0m\r\n\x1b[2m(the connection was lost; this is a new shell)\x1b[0m\r\n';

type Kind = 'agent' | 'shell';

/** How the connection stands, where it is not simply there. */
interface Note {
  text: string;
  state: 'waits' | 'over';
}

/** A session's own terminal, or a shell in its worktree, over the service's SSH connection. */
export default function TerminalPane({
  session,
  kind,
  name,
  index,
  runs,
  watched,
}: {
  session: string;
  kind: Kind;
  name: string;
  /** Of the pane, by which keys go back to it. */
  index: number;
  /** Whether the session's agent runs: when it begins to, its terminal is there again. */
  runs: boolean;
  /** Whether it may only be looked at. */
  watched: boolean;
}) {
  const place = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const socket = useRef<TerminalSocket | null>(null);
  const [screen, setScreen] = useState<Screen | null>(null);
  const [note, setNote] = useState<Note | null>({ text: 'connecting…', state: 'waits' });
  const [closed, setClosed] = useState(false);
  const readOnly = closed || watched;
  const [shared, setShared] = useState(false);
  const [ownSize, setOwnSize] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [asked, setAsked] = useState<Pasted | null>(null);
  const [selected, setSelected] = useState('');
  const [fontSize, setFontSize] = useState(() => Number(localStorage.getItem(KEPT_SIZE)) || 13);
  const [reader, setReader] = useState(() => localStorage.getItem(KEPT_READER) === 'yes');

  useEffect(() => {
    if (!place.current) {
      return;
    }
    const made = openScreen(place.current, kind === 'agent', fontSize, setShared);
    const { terminal } = made;
    const typed = terminal.onData((text) => socket.current?.type(encoder.encode(text)));
    const raw = terminal.onBinary((text) =>
      socket.current?.type(Uint8Array.from(text, (char) => char.charCodeAt(0))),
    );
    const sized = terminal.onResize(({ cols, rows }) => socket.current?.resize(cols, rows));
    const marked = terminal.onSelectionChange(() => setSelected(terminal.getSelection()));
    terminal.attachCustomKeyEventHandler((event) => {
      if (isPaneKey(event)) {
        return false;
      }
      const both = event.ctrlKey && event.shiftKey && !event.altKey;
      if (event.type === 'keydown' && both && event.code === 'KeyF') {
        event.preventDefault();
        bar.current?.querySelector<HTMLElement>('input[type=search]')?.focus();
        return false;
      }
      if (event.type === 'keydown' && both && event.code === 'KeyC') {
        event.preventDefault();
        void copy(terminal.getSelection());
        return false;
      }
      return true;
    });
    setScreen(made);
    return () => {
      [marked, sized, raw, typed].forEach((each) => each.dispose());
      made.dispose();
      setScreen(null);
    };
  }, [session, kind]);

  useEffect(() => {
    if (!screen) {
      return;
    }
    const { terminal } = screen;
    terminal.options.disableStdin = readOnly;
    const query = new URLSearchParams({ kind, term: 'xterm-256color' });
    if (kind === 'agent') {
      query.set('history', String(HISTORY));
      query.set(readOnly ? 'readOnly' : 'join', String(readOnly || !ownSize));
    }
    let before = false;
    let why = '';
    setNote({ text: 'connecting…', state: 'waits' });
    const made = new TerminalSocket(
      `/api/v1/sessions/${session}/terminal?${query}`,
      () => kept() ?? '',
      () => ({ columns: terminal.cols, rows: terminal.rows }),
      {
        output: (bytes, first, drawn) => {
          if (first) {
            // Until now the screen showed what was last known.
            setNote(null);
            setShared(false);
            why = '';
            if (kind === 'agent') {
              terminal.reset();
            } else if (before) {
              terminal.write(NEW_SHELL);
            }
            before = true;
          }
          terminal.write(bytes, drawn);
        },
        ended: (status) =>
          setNote({ text: status === 0 || status === null ? 'ended' : `ended: ${status}`, state: 'over' }),
        refused: (problem) => {
          why = line(problem.detail, 300);
          setNote({ text: why, state: 'over' });
        },
        lost: () => setNote({ text: `${why || 'connection lost'}; trying again…`, state: 'waits' }),
      },
    );
    socket.current = made;
    made.connect();
    return () => {
      socket.current = null;
      made.close();
    };
  }, [screen, session, kind, readOnly, ownSize, attempt]);

  useEffect(() => {
    const area = screen?.terminal.textarea;
    const what = kind === 'agent' ? 'Terminal' : 'Shell';
    area?.setAttribute('aria-label', `${what} of ${name}. Alt+${index + 1} leaves it.`);
  }, [screen, kind, name, index]);
  useEffect(() => {
    if (screen) {
      screen.terminal.options.fontSize = fontSize;
      screen.fit();
    }
  }, [screen, fontSize]);
  useEffect(() => {
    if (screen) {
      screen.terminal.options.screenReaderMode = reader;
    }
  }, [screen, reader]);
  // Resumed: what was over begins anew.
  const ran = useRef(runs);
  useEffect(() => {
    if (runs && !ran.current && note?.state === 'over') {
      setAttempt((count) => count + 1);
    }
    ran.current = runs;
  }, [runs]);
  useEffect(() => {
    const element = place.current;
    const guard = (event: ClipboardEvent) => {
      const what = pasted(event.clipboardData?.getData('text/plain') ?? '');
      if (isRisky(what) && !readOnly) {
        event.preventDefault();
        event.stopPropagation();
        setAsked(what);
      }
    };
    element?.addEventListener('paste', guard, true);
    return () => element?.removeEventListener('paste', guard, true);
  }, [readOnly]);

  const focus = () => screen?.terminal.focus();
  const size = (by: number) => {
    const next = Math.min(28, Math.max(8, fontSize + by));
    localStorage.setItem(KEPT_SIZE, String(next));
    setFontSize(next);
  };
  return (
    <div class="tty">
      <div class="bar" ref={bar}>
        <span role="status" class={`note ${note?.state ?? ''}`}>
          {note ? note.text : shared ? 'in the size of another viewer' : ''}
        </span>
        {note?.state === 'over' && (
          <button type="button" class="quiet" onClick={() => setAttempt(attempt + 1)}>
            Connect again
          </button>
        )}
        {!note && shared && !readOnly && (
          <button type="button" class="quiet" onClick={() => setOwnSize(true)}>
            Fit to this pane
          </button>
        )}
        {selected && (
          <button type="button" class="quiet" title="Ctrl-Shift-C" onClick={() => void copy(selected)}>
            Copy
          </button>
        )}
        <FindBar search={screen?.search ?? null} close={focus} />
        {kind === 'agent' && (
          <label class="option">
            <input
              type="checkbox"
              checked={readOnly}
              disabled={watched}
              onChange={(event) => setClosed(event.currentTarget.checked)}
            />
            read-only
          </label>
        )}
        <details
          class="menu"
          onFocusOut={(event) => {
            if (!event.currentTarget.contains(event.relatedTarget as Node | null)) {
              event.currentTarget.open = false;
            }
          }}
        >
          <summary aria-label="How this terminal is shown">Aa</summary>
          <div>
            <span class="sizes" role="group" aria-label="Size of text">
              <button type="button" class="quiet" aria-label="Smaller text" onClick={() => size(-1)}>
                A−
              </button>
              {fontSize} px
              <button type="button" class="quiet" aria-label="Larger text" onClick={() => size(1)}>
                A+
              </button>
            </span>
            <label class="option">
              <input
                type="checkbox"
                checked={reader}
                onChange={(event) => {
                  localStorage.setItem(KEPT_READER, event.currentTarget.checked ? 'yes' : 'no');
                  setReader(event.currentTarget.checked);
                }}
              />
              for a screen reader
            </label>
          </div>
        </details>
      </div>
      <div class={`screen${note ? ' old' : ''}`} ref={place} />
      {!readOnly && screen && <TouchKeys terminal={screen.terminal} />}
      {asked && (
        <PasteGuard
          pasted={asked}
          paste={(text) => screen?.terminal.paste(text)}
          close={() => {
            setAsked(null);
            focus();
          }}
        />
      )}
    </div>
  );
}

async function copy(text: string): Promise<void> {
  if (text) {
    // Where the page has no right to, the browser's own menu still copies.
    await navigator.clipboard?.writeText(text).catch(() => undefined);
  }
}
