import { useState } from 'preact/hooks';
import type { RequestRow } from '../api/types';
import { open } from '../lib/address';
import { foreign } from '../lib/owner';
import { line } from '../lib/text';
import { age, moment } from '../lib/time';
import { live, now } from '../live/store';
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

function Asked(props: { row: RequestRow; phase: Phase; answer: (meant: Meant) => void }) {
  const { phase, answer } = props;
  const { row, whole, failure } = useWhole(props.row);
  const questions = row.kind === 'question' && whole ? questionsOf(row.input) : [];
  const session = live.value.sessions.get(row.session);
  const elsewhere = session && foreign(session);
  const busy = phase !== 'open' || elsewhere != null;
  if (questions.length > 0) {
    return (
      <>
        {elsewhere && <p class="muted">{elsewhere.why}</p>}
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
    <>
      {elsewhere && <p class="muted">{elsewhere.why}</p>}
      <Approval row={row} whole={whole} failure={failure} busy={busy} answer={answer} />
    </>
  );
}

function Approval({
  row,
  whole,
  failure,
  busy,
  answer,
}: {
  row: RequestRow;
  whole: boolean;
  failure: string;
  busy: boolean;
  answer: (meant: Meant) => void;
}) {
  const [all, setAll] = useState(false);
  const size = whole ? extent(row.input) : 0;
  const folded = size > LONG && !all;
  // A question that can't be read here is answered on its own screen.
  const may = row.kind === 'approval' && whole;
  const always = row.kind === 'approval' && row.always;
  const permits = `permits-${row.id}`;
  return (
    <>
      {whole ? (
        <ToolInput input={row.input} all={all} />
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
      {always && (
        <div class="permits" id={permits}>
          <span class="muted">Allow always permits from then on:</span>
          <ul>
            {row.permits.map((each) => (
              <li key={each}>
                <code>
                  <Plain text={each} />
                </code>
              </li>
            ))}
          </ul>
        </div>
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
        {always && (
          <button
            type="button"
            class="quiet"
            disabled={busy || !may || folded}
            aria-describedby={permits}
            title={row.permits.map((each) => line(each)).join('\n')}
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
