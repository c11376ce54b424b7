import { useEffect, useRef, useState } from 'preact/hooks';
import { blamed, NotDone, sentence } from '../api/problem';
import type { LogEntry, StartRequest } from '../api/types';
import { go, MOST_PANES, open } from '../lib/address';
import { fieldOf, type Field } from '../lib/start';
import { settled, steps } from '../lib/steps';
import { line, safe } from '../lib/text';
import { client, live } from '../live/store';
import { StateMark } from './StateMark';

/** One start that was asked for, and the task that it is of. */
export interface Run {
  request: StartRequest;
  task: number;
}

type Stand = 'waits' | 'asked' | 'taken' | 'refused';

/** A browser opens six connections to one service; the board and the page need some of them. */
const AT_ONCE = 3;

/** How each start goes, step by step, and what is wrong with one that does not. */
export function StartRuns({
  runs,
  blame,
}: {
  runs: Run[];
  blame: (field: Field, sentence: string) => void;
}) {
  const [stands, setStands] = useState<Record<string, Stand>>({});
  const [failures, setFailures] = useState<Record<string, unknown>>({});
  const heading = useRef<HTMLHeadingElement>(null);
  const set = (id: string, stand: Stand) => setStands((before) => ({ ...before, [id]: stand }));
  const ask = async ({ request, task }: Run) => {
    set(request.id, 'asked');
    try {
      await client.start(request);
      set(request.id, 'taken');
    } catch (failure) {
      set(request.id, 'refused');
      setFailures((before) => ({ ...before, [request.id]: failure }));
      const field = fieldOf(blamed(failure), task);
      if (field) {
        blame(field, `${request.host}: ${sentence(failure)}`);
      }
    }
  };
  useEffect(() => {
    heading.current?.focus();
    const queue = [...runs];
    const next = async (): Promise<void> => {
      const run = queue.shift();
      if (run) {
        await ask(run);
        await next();
      }
    };
    for (let i = 0; i < AT_ONCE; i++) {
      void next();
    }
  }, []);
  const rows = runs.map(({ request }) => live.value.sessions.get(request.id));
  const running = rows.filter((row) => row?.lifecycle === 'running').length;
  const over = runs.filter(
    ({ request }, i) => stands[request.id] === 'refused' || rows[i]?.lifecycle === 'ended',
  ).length;
  const up = runs.filter((_, i) => rows[i]?.lifecycle === 'running').slice(0, MOST_PANES);
  return (
    <section class="runs" aria-labelledby="runs-title">
      <h2 id="runs-title" tabIndex={-1} ref={heading}>
        Starting {runs.length === 1 ? 'a session' : `${runs.length} sessions`}
      </h2>
      <p role="status" class="muted">
        {running} of {runs.length} running{over > 0 && `, ${over} not`}
      </p>
      <ul>
        {runs.map((run) => (
          <RunRow
            key={run.request.id}
            run={run}
            stand={stands[run.request.id] ?? 'waits'}
            failure={failures[run.request.id]}
            again={() => void ask(run)}
            blame={blame}
          />
        ))}
      </ul>
      <div class="actions">
        {up.length > 0 && (
          <button
            type="button"
            onClick={() => {
              go({ page: 'board', panes: [] }, true);
              up.forEach(({ request }) => open(request.id));
            }}
          >
            {up.length === 1 ? 'Open it' : `Open ${up.length} side by side`}
          </button>
        )}
        <button type="button" class="quiet" onClick={() => go({ page: 'board' }, true)}>
          To the board
        </button>
      </div>
    </section>
  );
}

function RunRow({
  run,
  stand,
  failure,
  again,
  blame,
}: {
  run: Run;
  stand: Stand;
  failure: unknown;
  again: () => void;
  blame: (field: Field, sentence: string) => void;
}) {
  const { request, task } = run;
  const row = live.value.sessions.get(request.id);
  const done = useSteps(request.id, row && `${row.lifecycle} ${row.state} ${row.detail}`);
  const found = steps(done);
  const why = done.findLast((entry) => entry.problem)?.problem;
  const field = fieldOf(why?.field ?? null, task);
  useEffect(() => {
    if (field && why) {
      blame(field, `${request.host}: ${why.detail}`);
    }
  }, [field]);
  const output = failure instanceof NotDone ? failure.problem.output : null;
  return (
    <li class="run">
      <div class="head">
        <StateMark state={row?.state ?? (stand === 'refused' ? 'failed' : 'queued')} />
        <b>
          <bdi>{line(`${request.host}/${row?.name ?? request.name ?? request.repo}`, 130)}</bdi>
        </b>
        <span class="muted">
          {row ? row.state : { waits: 'waits', asked: 'asking', taken: 'taken up', refused: 'not started' }[stand]}
        </span>
        {row && settled(row) && (
          <button type="button" class="link" onClick={() => open(row.id)}>
            Open
          </button>
        )}
        {stand === 'refused' && (
          <button type="button" class="link" onClick={again}>
            Try again
          </button>
        )}
      </div>
      {stand === 'refused' && (
        <p class="failure" role="alert">
          {line(sentence(failure), 400)}
        </p>
      )}
      {output && <pre class="code">{safe(output)}</pre>}
      <ol class="steps">
        {found.map((step) => (
          <li key={step.name} class={step.state}>
            <span class="hidden">{step.state}: </span>
            <bdi>{line(step.name, 40)}</bdi>
            {step.state === 'failed' && (
              <p class="failure">
                {line(step.text, 400)}
              </p>
            )}
            {step.state === 'failed' && step.output && <pre class="code">{safe(step.output)}</pre>}
          </li>
        ))}
      </ol>
    </li>
  );
}

/** A session's log, read anew when its row on the board says that something happened. */
function useSteps(id: string, stands: string | undefined): LogEntry[] {
  const [log, setLog] = useState<LogEntry[]>([]);
  const ended = useRef(false);
  useEffect(() => {
    if (stands === undefined || ended.current) {
      return;
    }
    const abort = new AbortController();
    client.log(id, abort.signal).then(
      (entries) => {
        setLog(entries);
        // Once the agent runs, what it does is no step of its start.
        ended.current = /^(running|ended)/.test(stands);
      },
      () => undefined,
    );
    return () => abort.abort();
  }, [id, stands]);
  return log;
}
