import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { line } from '../lib/text';
import { deliver, letter, word, type Delivery, type Letter } from './deliver';

/** Words about lines of a diff, sent to the session as its next prompt. */
export function Remark({
  session,
  place,
  compose,
  close,
}: {
  session: string;
  /** What the lines are called. */
  place: string;
  compose: (words: string) => string;
  close: () => void;
}) {
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const [delivery, setDelivery] = useState<Delivery | null>(null);
  const sent = useRef<Letter | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  // Before the next key is pressed.
  useLayoutEffect(() => box.current?.focus(), []);
  const send = async () => {
    const text = compose(words);
    // What may have been typed keeps its id: sent again, it is typed once.
    if (sent.current?.text !== text) {
      sent.current = letter(text);
    }
    setBusy(true);
    setDelivery(await deliver(session, sent.current));
    setBusy(false);
  };
  const done = delivery?.outcome === 'delivered' || delivery?.outcome === 'typed';
  return (
    <form
      class="remark"
      aria-label={`Comment on ${place}`}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') {
          close();
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }
      }}
    >
      <label>
        <span>
          Comment on <b>{place}</b>, for the agent
        </span>
        <textarea
          ref={box}
          rows={3}
          value={words}
          readOnly={busy || done}
          placeholder="What should change here? Empty sends the lines alone."
          onInput={(event) => setWords(event.currentTarget.value)}
        />
      </label>
      <div class="actions">
        {!done && (
          <button type="submit" disabled={busy}>
            {busy ? 'Sending…' : delivery ? 'Send again' : 'Send as prompt'}
          </button>
        )}
        <button type="button" class="quiet" onClick={close}>
          {done ? 'Done' : 'Cancel'}
        </button>
        <p role="status" class={`said ${delivery?.outcome ?? ''}`}>
          {delivery && (
            <>
              <b>{word(delivery.outcome)}</b> · {line(delivery.text, 400)}
            </>
          )}
        </p>
      </div>
    </form>
  );
}
