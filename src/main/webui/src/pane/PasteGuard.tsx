import { useEffect, useRef } from 'preact/hooks';
import { cut } from '../lib/text';
import type { Pasted } from './paste';
import { Plain } from './Plain';

const SHOWN = 4_000;

/** Asks before several lines are pasted: a program that reads lines runs each at once. */
export function PasteGuard({
  pasted,
  paste,
  close,
}: {
  pasted: Pasted;
  paste: (text: string) => void;
  close: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { text, left } = cut(pasted.text, SHOWN);
  const done = (what: string | null) => {
    // Closed first: while it is open, nothing else of the page takes the keyboard.
    dialog.current?.close();
    if (what !== null) {
      paste(what);
    }
  };
  return (
    <dialog ref={dialog} class="paste" aria-label="Paste into this terminal?" onClose={close}>
      <h3>
        Paste {pasted.lines.toLocaleString()} {pasted.lines === 1 ? 'line' : 'lines'} into this
        terminal?
      </h3>
      {pasted.dropped > 0 && (
        <p class="notice">
          {pasted.dropped.toLocaleString()} control{' '}
          {pasted.dropped === 1 ? 'character is' : 'characters are'} left out.
        </p>
      )}
      <pre class="code" tabIndex={0}>
        <Plain text={text} />
        {left > 0 && `\n… ${left.toLocaleString()} more characters`}
      </pre>
      <div class="actions">
        <button type="button" autoFocus onClick={() => done(pasted.text)}>
          Paste
        </button>
        {pasted.lines > 1 && (
          <button
            type="button"
            class="quiet"
            onClick={() => done(pasted.text.trim().replace(/\s*\n\s*/g, ' '))}
          >
            Paste as one line
          </button>
        )}
        <button type="button" class="quiet" onClick={() => done(null)}>
          Cancel
        </button>
      </div>
    </dialog>
  );
}
