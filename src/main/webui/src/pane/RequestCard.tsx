import { useState } from 'preact/hooks';
import type { RequestRow } from '../api/types';
import { open } from '../lib/address';
import { line } from '../lib/text';
import { age, moment } from '../lib/time';
import { now } from '../live/store';
import { useAnswer, useSettlement, useWhole, type Meant, type Phase } from './answering';
import { Plain } from './Plain';
import { Questions } from './Questions';
import { choices, questionsOf } from './questions';
import { extent, LONG } from './toolInput';
import { ToolInput } from './ToolInput';
import './request.css';

/** Something that an agent waits for a person to decide; once decided, who did. */
export function RequestCard({ row, settled }: { row: RequestRow; settled: boolean }) {
  const { phase, said, answer, again } = useAnswer(row);
  const settlement = useSettlement(row, settled);
  if (settled) {
    return (
      <li class="card settled">
        <p role="status">
          <bdi>{line(`${row.host}/${row.name}`, 130)}</bdi> ·{' '}
          {line((phase === 'done' && said) || settlement || 'answered', 400)}
        </p>
      </li>
    );
  }
  return (
    <li class="card request">
      <h3>
        <button type="button" class="link" onClick={() => open(row.session)}>
          <bdi>
            <Plain text={line(`${row.host}/${row.name}`, 130)} />
          </bdi>
        </button>{' '}
        <span class="muted">
          {row.kind === 'question' ? 'asks' : row.kind === 'screen' ? 'shows a dialog' : 'wants to use '}
          {row.kind === 'approval' && <b>{line(row.tool, 60)}</b>}
          {row.by && ` (subagent ${line(row.by, 40)})`} ·{' '}
          <time dateTime={row.askedAt} title={moment(row.askedAt)}>
            {age(row.askedAt, now.value)}
          </time>
        </span>
      </h3>
      {row.kind === 'screen' ? (
        <p class="muted">
          <Plain text={row.summary} />
          <br />
          {row.byHand
            ? `Somebody started it by hand, and it is answered there: ${line(`${row.host}, ${row.byHand}`, 300)}. ` +
              `Or take it over with muster adopt --stop.`
            : 'Only its own screen takes an answer: open its terminal.'}
        </p>
      ) : (
        <Asked row={row} phase={phase} answer={answer} />
      )}
      <p class={`said ${phase}`} role="status">
        {line(said, 400)}
      </p>
      {phase === 'unclear' && (
        <button type="button" onClick={again}>
          Give the same answer again
        </button>
      )}
    </li>
  );
}

function Asked({ row, phase, answer }: { row: RequestRow; phase: Phase; answer: (meant: Meant) => void }) {
  const { input, whole, failure } = useWhole(row);
  const questions = row.kind === 'question' && whole ? questionsOf(input) : [];
  const busy = phase !== 'open';
  if (questions.length > 0) {
    return (
      <>
        <Questions
          id={row.id}
          questions={questions}
          busy={busy}
          answer={(picks) => answer({ decision: 'choose', ...choices(questions, picks) })}
        />
        <div class="actions">
          <Refusal word="Decline" busy={busy} answer={answer} />
        </div>
      </>
    );
  }
  return (
    <Approval
      row={row}
      input={input}
      whole={whole}
      failure={failure}
      busy={busy}
      answer={answer}
    />
  );
}

function Approval({
  row,
  input,
  whole,
  failure,
  busy,
  answer,
}: {
  row: RequestRow;
  input: unknown;
  whole: boolean;
  failure: string;
  busy: boolean;
  answer: (meant: Meant) => void;
}) {
  const [all, setAll] = useState(false);
  const size = whole ? extent(input) : 0;
  const folded = size > LONG && !all;
  // A question that can't be read here is answered on its own screen.
  const may = row.kind === 'approval' && whole;
  return (
    <>
      {whole ? (
        <ToolInput input={input} all={all} />
      ) : (
        <p class="muted">
          <Plain text={row.summary} />
          <br />
          {failure || 'Asking the host for all of it…'}
        </p>
      )}
      {folded && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          Show all {size.toLocaleString()} characters: it can be allowed then
        </button>
      )}
      <div class="actions">
        {row.kind === 'approval' && (
          <button
            type="button"
            disabled={busy || !may || folded}
            onClick={() => answer({ decision: 'allow' })}
          >
            Allow
          </button>
        )}
        {row.kind === 'approval' && row.always && (
          <button
            type="button"
            class="quiet"
            disabled={busy || !may || folded}
            title="With the standing permission that the agent offers"
            onClick={() => answer({ decision: 'allow', always: true })}
          >
            Allow always
          </button>
        )}
        <Refusal word="Deny" busy={busy} answer={answer} />
      </div>
    </>
  );
}

/** A no, with what the agent is told. */
function Refusal({
  word,
  busy,
  answer,
}: {
  word: string;
  busy: boolean;
  answer: (meant: Meant) => void;
}) {
  const [reason, setReason] = useState('');
  const [interrupt, setInterrupt] = useState(false);
  return (
    <div class="refusal">
      <input
        type="text"
        aria-label="Reason, for the agent"
        placeholder="Reason (for the agent)"
        value={reason}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <label class="option" title="The agent also stops what it does, and waits for a prompt">
        <input
          type="checkbox"
          checked={interrupt}
          onChange={(event) => setInterrupt(event.currentTarget.checked)}
        />
        and interrupt
      </label>
      <button
        type="button"
        class="danger"
        disabled={busy}
        onClick={() => answer({ decision: 'deny', reason: reason.trim() || null, interrupt })}
      >
        {word}
      </button>
    </div>
  );
}
