import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { kept } from '../api/secret';
import { line } from '../lib/text';
import { TerminalSocket } from './socket';

const DARK = matchMedia('(prefers-color-scheme: dark)');
const encoder = new TextEncoder();

/** A session's own terminal, or a shell in its worktree, over the service's SSH connection. */
export default function TerminalPane({
  session,
  kind,
}: {
  session: string;
  kind: 'agent' | 'shell';
}) {
  const place = useRef<HTMLDivElement>(null);
  const search = useRef<SearchAddon | null>(null);
  const [note, setNote] = useState('connecting…');
  const [readOnly, setReadOnly] = useState(false);
  const [wanted, setWanted] = useState('');

  useEffect(() => {
    const element = place.current;
    if (!element) {
      return;
    }
    const terminal = new Terminal({
      fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
      fontSize: 13,
      scrollback: 5000,
      disableStdin: readOnly,
      screenReaderMode: false,
      theme: theme(),
      allowProposedApi: false,
    });
    const fit = new FitAddon();
    search.current = new SearchAddon();
    terminal.loadAddon(fit);
    terminal.loadAddon(search.current);
    terminal.loadAddon(new WebLinksAddon((_, uri) => window.open(uri, '_blank', 'noopener')));
    terminal.open(element);
    fit.fit();
    const query = `kind=${kind}${readOnly ? '&readOnly=true' : ''}&term=xterm-256color`;
    const socket = new TerminalSocket(
      `/api/v1/sessions/${session}/terminal?${query}`,
      () => kept() ?? '',
      () => ({ columns: terminal.cols, rows: terminal.rows }),
      {
        output: (bytes) => {
          setNote('');
          terminal.write(bytes);
        },
        opened: () => setNote(''),
        ended: (status) => setNote(status === 0 || status === null ? 'ended' : `ended: ${status}`),
        refused: (problem) => setNote(line(problem.detail, 300)),
        lost: () => {
          terminal.reset();
          setNote('connection lost; trying again…');
        },
      },
    );
    const typed = terminal.onData((text) => socket.type(encoder.encode(text)));
    const raw = terminal.onBinary((text) =>
      socket.type(Uint8Array.from(text, (char) => char.charCodeAt(0))),
    );
    const sized = terminal.onResize(({ cols, rows }) => socket.resize(cols, rows));
    const observer = new ResizeObserver(() => fit.fit());
    observer.observe(element);
    const themed = () => (terminal.options.theme = theme());
    DARK.addEventListener('change', themed);
    socket.connect();
    return () => {
      DARK.removeEventListener('change', themed);
      observer.disconnect();
      sized.dispose();
      raw.dispose();
      typed.dispose();
      socket.close();
      terminal.dispose();
    };
  }, [session, kind, readOnly]);

  return (
    <div class="terminal">
      <div class="bar">
        <span role="status" class="muted">
          {note}
        </span>
        <input
          type="search"
          aria-label="Find in this terminal"
          placeholder="Find"
          value={wanted}
          onInput={(event) => {
            setWanted(event.currentTarget.value);
            search.current?.findNext(event.currentTarget.value, { incremental: true });
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              if (event.shiftKey) {
                search.current?.findPrevious(wanted);
              } else {
                search.current?.findNext(wanted);
              }
            }
          }}
        />
        {kind === 'agent' && (
          <label class="option">
            <input
              type="checkbox"
              checked={readOnly}
              onChange={(event) => setReadOnly(event.currentTarget.checked)}
            />
            read-only
          </label>
        )}
      </div>
      <div class="screen" ref={place} />
    </div>
  );
}

function theme() {
  return DARK.matches
    ? { background: '#14171c', foreground: '#e6e8eb', cursor: '#e6e8eb' }
    : {
        background: '#ffffff',
        foreground: '#1c2024',
        cursor: '#1c2024',
        selectionBackground: '#b3d1f0',
        yellow: '#8a5d00',
        brightYellow: '#9a6700',
        white: '#6b7280',
        brightWhite: '#374151',
        cyan: '#0b6e75',
        brightCyan: '#0f7c85',
        green: '#1a7f37',
        brightGreen: '#2da44e',
      };
}
