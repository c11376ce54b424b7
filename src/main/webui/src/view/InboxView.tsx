import { useEffect, useState } from 'preact/hooks';
import { sentence } from '../api/problem';
import type { AnswerRequest, RequestRow } from '../api/types';
import { ulid } from '../api/ulid';
import { open } from '../lib/address';
import { line, safe } from '../lib/text';
import { age } from '../lib/time';
import { client, live, now } from '../live/store';

/** What waits for a person, oldest first. */
export function InboxView() {
  const rows = [...live.value.requests.values()].sort(
    (a, b) => Date.parse(a.askedAt) - Date.parse(b.askedAt),
  );
  return (
    <section class="inbox" aria-label="Inbox">
      {rows.length === 0 && <p class="empty">Nothing waits for you.</p>}
      <ul class="cards wide">
        {rows.map((row) => (
          <RequestCard key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

export function RequestCard({ row }: { row: RequestRow }) {
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const { input, whole } = useWhole(row);
  const answer = async (part: Partial<AnswerRequest> & Pick<AnswerRequest, 'decision'>) => {
    setBusy(true);
    try {
      const outcome = await client.answer(row.id, {
        id: ulid(),
        always: false,
        reason: null,
        interrupt: false,
        choices: null,
        other: false,
        ...part,
      });
      setSaid(outcome.text);
    } catch (failure) {
      setSaid(sentence(failure));
      setBusy(false);
    }
  };
  return (
    <li class="card request">
      <h2>
        <button type="button" class="link" onClick={() => open(row.session)}>
          <bdi>{line(`${row.host}/${row.name}`, 130)}</bdi>
        </button>{' '}
        <span class="muted">
          {row.kind === 'question' ? 'asks' : `wants to use ${line(row.tool, 60)}`}
          {row.by && ` (subagent ${line(row.by, 40)})`} · {age(row.askedAt, now.value)}
        </span>
      </h2>
      {!whole ? (
        <p class="muted">{line(row.summary) || 'Asking the host for all of it…'}</p>
      ) : row.kind === 'approval' ? (
        <>
          <Input input={input} />
          <div class="actions">
            <button type="button" disabled={busy} onClick={() => answer({ decision: 'allow' })}>
              Allow
            </button>
            {row.always && (
              <button
                type="button"
                disabled={busy}
                onClick={() => answer({ decision: 'allow', always: true })}
              >
                Allow always
              </button>
            )}
            <input
              type="text"
              aria-label="Reason, for the agent"
              placeholder="Reason (for the agent)"
              value={reason}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
            <button
              type="button"
              class="danger"
              disabled={busy}
              onClick={() => answer({ decision: 'deny', reason: reason || null })}
            >
              Deny
            </button>
          </div>
        </>
      ) : (
        <Questions
          input={input}
          busy={busy}
          answer={(choices) => answer({ decision: 'choose', choices })}
        />
      )}
      {said && (
        <p class="said" role="status">
          {line(said, 400)}
        </p>
      )}
    </li>
  );
}

/** A request's whole input: nobody is asked to allow what they can't see to its end. */
function useWhole(row: RequestRow): { input: unknown; whole: boolean } {
  const [fetched, setFetched] = useState<RequestRow | null>(null);
  const missing = row.cut || row.input === null;
  useEffect(() => {
    if (!missing) {
      return;
    }
    const abort = new AbortController();
    client.request(row.id, abort.signal).then(setFetched, () => setFetched(null));
    return () => abort.abort();
  }, [row.id, missing]);
  if (!missing) {
    return { input: row.input, whole: true };
  }
  return { input: fetched?.input ?? null, whole: fetched !== null && !fetched.cut };
}

/** A tool's input, as text: a command stands as it would run, the rest as JSON. */
export function Input({ input }: { input: unknown }) {
  if (isRecord(input)) {
    if (typeof input['command'] === 'string') {
      return <pre class="code">{safe(input['command'])}</pre>;
    }
    if (typeof input['old_string'] === 'string' && typeof input['new_string'] === 'string') {
      return (
        <div class="edit">
          <p class="muted">
            <bdi>{safe(String(input['file_path'] ?? ''))}</bdi>
          </p>
          <pre class="code removed">{safe(input['old_string'])}</pre>
          <pre class="code added">{safe(input['new_string'])}</pre>
        </div>
      );
    }
  }
  return <pre class="code">{safe(JSON.stringify(input, null, 2) ?? '')}</pre>;
}

interface Question {
  question: string;
  options: { label: string; description?: string }[];
  multiSelect?: boolean;
}

function Questions({
  input,
  busy,
  answer,
}: {
  input: unknown;
  busy: boolean;
  answer: (choices: string[]) => void;
}) {
  const [chosen, setChosen] = useState<Record<string, string[]>>({});
  const questions = (isRecord(input) ? (input['questions'] as Question[] | undefined) : null) ?? [];
  const pick = (question: Question, label: string) => {
    const before = chosen[question.question] ?? [];
    const next = !question.multiSelect
      ? [label]
      : before.includes(label)
        ? before.filter((each) => each !== label)
        : [...before, label];
    setChosen({ ...chosen, [question.question]: next });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        answer(questions.map((each) => (chosen[each.question] ?? []).join(',')));
      }}
    >
      {questions.map((question) => (
        <fieldset key={question.question}>
          <legend>{safe(question.question)}</legend>
          {question.options.map((option) => (
            <label key={option.label} class="option">
              <input
                type={question.multiSelect ? 'checkbox' : 'radio'}
                name={question.question}
                checked={(chosen[question.question] ?? []).includes(option.label)}
                onChange={() => pick(question, option.label)}
              />
              <bdi>{safe(option.label)}</bdi>{' '}
              <span class="muted">{safe(option.description ?? '')}</span>
            </label>
          ))}
        </fieldset>
      ))}
      <button
        type="submit"
        disabled={busy || questions.some((each) => !(chosen[each.question]?.length ?? 0))}
      >
        Answer
      </button>
    </form>
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
