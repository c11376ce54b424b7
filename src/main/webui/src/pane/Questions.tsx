import { useState } from 'preact/hooks';
import { Plain } from './Plain';
import { answered, NO_PICK, picked, type Pick, type Question } from './questions';

/** A form for what an agent asks: one option or several of each question, or own words. */
export function Questions({
  id,
  questions,
  busy,
  answer,
}: {
  /** Of the request: no two forms of a page share a name. */
  id: string;
  questions: readonly Question[];
  busy: boolean;
  answer: (picks: readonly Pick[]) => void;
}) {
  const [picks, setPicks] = useState<readonly Pick[]>(() => questions.map(() => NO_PICK));
  const set = (index: number, pick: Pick) =>
    setPicks(questions.map((_, i) => (i === index ? pick : (picks[i] ?? NO_PICK))));
  return (
    <form
      class="questions"
      onSubmit={(event) => {
        event.preventDefault();
        answer(picks);
      }}
    >
      {questions.map((question, i) => (
        <One
          key={i}
          name={`${id}-${i}`}
          question={question}
          pick={picks[i] ?? NO_PICK}
          set={(pick) => set(i, pick)}
        />
      ))}
      <button
        type="submit"
        disabled={busy || !questions.every((_, i) => answered(picks[i] ?? NO_PICK))}
      >
        Answer
      </button>
    </form>
  );
}

function One({
  name,
  question,
  pick,
  set,
}: {
  name: string;
  question: Question;
  pick: Pick;
  set: (pick: Pick) => void;
}) {
  const type = question.several ? 'checkbox' : 'radio';
  return (
    <fieldset>
      <legend>
        {question.header && (
          <span class="tag">
            <Plain text={question.header} />
          </span>
        )}{' '}
        <bdi>
          <Plain text={question.question} />
        </bdi>
        {question.several && <span class="muted"> (several)</span>}
      </legend>
      {question.options.map((option, i) => (
        <label key={i} class="option">
          <input
            type={type}
            name={name}
            checked={pick.options.includes(i)}
            onChange={() => set(picked(question, pick, i))}
          />
          <span>
            <bdi>
              <Plain text={option.label} />
            </bdi>
            {option.description && (
              <small>
                {' '}
                <Plain text={option.description} />
              </small>
            )}
            {option.preview && (
              <pre class="code">
                <Plain text={option.preview} />
              </pre>
            )}
          </span>
        </label>
      ))}
      {question.own && (
        <div class="option own">
          <input
            type={type}
            name={name}
            aria-label="In your own words"
            checked={pick.own !== null}
            onChange={(event) =>
              set(
                question.several
                  ? { ...pick, own: event.currentTarget.checked ? (pick.own ?? '') : null }
                  : { options: [], own: pick.own ?? '' },
              )
            }
          />
          <input
            type="text"
            aria-label="Your own words"
            placeholder="In your own words"
            value={pick.own ?? ''}
            onInput={(event) =>
              set({ options: question.several ? pick.options : [], own: event.currentTarget.value })
            }
          />
        </div>
      )}
    </fieldset>
  );
}
