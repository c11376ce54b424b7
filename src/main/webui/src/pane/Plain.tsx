import { useState } from 'preact/hooks';
import { cut, parts } from '../lib/text';
import './plain.css';

/** Text of a host as it stands, in text nodes; what is not seen in it is named. */
export function Plain({ text }: { text: string }) {
  return (
    <>
      {parts(text).map((part, i) =>
        part.unseen ? (
          <span key={i} class="unseen" title="A character that is not seen">
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </>
  );
}

/** A long text, of which the rest is shown when asked for. */
export function LongText({
  text,
  most,
  shown,
}: {
  text: string;
  most: number;
  /** Told when all of it is shown. */
  shown?: () => void;
}) {
  const [all, setAll] = useState(false);
  const head = all ? { text, left: 0 } : cut(text, most);
  return (
    <>
      <Plain text={head.text} />
      {head.left > 0 && (
        <button
          type="button"
          class="more"
          onClick={() => {
            setAll(true);
            shown?.();
          }}
        >
          … show {head.left.toLocaleString()} more characters
        </button>
      )}
    </>
  );
}
