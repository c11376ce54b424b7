import { useRef, useState } from 'preact/hooks';
import { sentence } from '../api/problem';
import type { Outcome } from '../api/types';
import { line } from '../lib/text';
import { client } from '../live/store';
import { deliver, letter, word, type Delivery, type Letter } from './deliver';

/** The next prompt, and what else can be done to a session. */
export function Prompt({ session, ended }: { session: string; ended: boolean }) {
  const [text, setText] = useState('');
  const [said, setSaid] = useState<Delivery | string>('');
  const [busy, setBusy] = useState(false);
  const sent = useRef<Letter | null>(null);
  const act = (action: () => Promise<Outcome>) => async () => {
    setBusy(true);
    try {
      setSaid((await action()).text);
    } catch (failure) {
      setSaid(sentence(failure));
    }
    setBusy(false);
  };
  const send = async () => {
    // What may have been typed keeps its id: sent again, it is typed once.
    if (sent.current?.text !== text) {
      sent.current = letter(text);
    }
    setBusy(true);
    const delivery = await deliver(session, sent.current);
    setSaid(delivery);
    if (delivery.outcome === 'delivered' || delivery.outcome === 'typed') {
      sent.current = null;
      setText('');
    }
    setBusy(false);
  };
  return (
    <footer>
      {ended ? (
        <button type="button" disabled={busy} onClick={act(() => client.resume(session))}>
          Resume
        </button>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (text && !busy) {
              void send();
            }
          }}
        >
          <textarea
            rows={1}
            aria-label="Next prompt; Enter sends, Shift-Enter makes a new line"
            placeholder="Next prompt"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
                event.preventDefault();
                event.currentTarget.form?.requestSubmit();
              }
            }}
          />
          <button type="submit" disabled={busy || !text}>
            Send
          </button>
          <button
            type="button"
            class="quiet"
            disabled={busy}
            onClick={act(() => client.interrupt(session))}
          >
            Interrupt
          </button>
          <button
            type="button"
            class="quiet"
            disabled={busy}
            onClick={act(() => client.stop(session))}
          >
            Stop
          </button>
        </form>
      )}
      <p class={`said ${typeof said === 'string' ? '' : said.outcome}`} role="status">
        {typeof said === 'string' ? (
          line(said, 400)
        ) : (
          <>
            <b>{word(said.outcome)}</b> · {line(said.text, 400)}
          </>
        )}
      </p>
    </footer>
  );
}
