import { useEffect, useState } from 'preact/hooks';
import { sentence } from '../api/problem';
import type { UsageBy, UsageReport } from '../api/types';
import { address, go } from '../lib/address';
import { count, dollars } from '../lib/amount';
import { line } from '../lib/text';
import { days, type Metric, type Span } from '../lib/usage';
import { client, live } from '../live/store';
import { Accounts } from './Accounts';
import { BarList, DayBars } from './Bars';
import './usage.css';

const BY: readonly UsageBy[] = ['day', 'host', 'repo', 'model', 'account'];
const SPANS: readonly [Span, string][] = [
  ['7d', '7 days'],
  ['30d', '30 days'],
  ['90d', '90 days'],
];
const METRICS: readonly [Metric, string][] = [
  ['cost', 'Cost'],
  ['tokens', 'Tokens'],
];

/** What is left of each account, and what was used: by day, host, repo, model and account. */
export default function UsageView() {
  const { usage } = address.value;
  const { since, metric } = usage;
  const { reports, failure } = useReports(since);
  const total = reports?.day.total;
  return (
    <section class="usage" aria-label="Usage">
      <Accounts />
      <div class="filters">
        <Choice label="Time" of={SPANS} chosen={since} choose={(next) => go({ usage: { ...usage, since: next } })} />
        <Choice label="What to show" of={METRICS} chosen={metric} choose={(next) => go({ usage: { ...usage, metric: next } })} />
        {total && (
          <p class="sum">
            <b>{dollars(total.costUsd)}</b> · {count(total.inputTokens)} tokens in,{' '}
            {count(total.outputTokens)} out · {total.sessions}{' '}
            {total.sessions === 1 ? 'session' : 'sessions'} · <ins>+{count(total.linesAdded)}</ins>{' '}
            <del>−{count(total.linesRemoved)}</del> lines
          </p>
        )}
      </div>
      {failure && (
        <p class="failure" role="alert">
          {line(failure, 400)}
        </p>
      )}
      {reports && (
        <div class="plots">
          <DayBars
            rows={days(reports.day.rows, reports.day.since, new Date())}
            metric={metric}
            title={`${metric === 'cost' ? 'Cost' : 'Tokens'} by day`}
          />
          {BY.slice(1).map((by) => (
            <BarList
              key={by}
              rows={reports[by].rows}
              metric={metric}
              title={`By ${by}`}
              nothing={nameless(by)}
            />
          ))}
        </div>
      )}
      <p class="muted note">
        Cost is what the tokens would cost by themselves, as the agents say; a subscription pays
        another price. Days are the service's.
      </p>
    </section>
  );
}

function nameless(by: UsageBy): string {
  return by === 'model' ? 'model not told' : `no ${by}`;
}

/** All five sums; asked anew when the board says that a cost has changed, at most every 10 s. */
function useReports(since: string) {
  const [reports, setReports] = useState<Record<UsageBy, UsageReport> | null>(null);
  const [failure, setFailure] = useState('');
  const spent = [...live.value.sessions.values()].reduce(
    (sum, row) => sum + (row.usage?.costUsd ?? 0),
    0,
  );
  const [settled, setSettled] = useState(spent);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(spent), 10_000);
    return () => clearTimeout(timer);
  }, [spent]);
  useEffect(() => {
    const abort = new AbortController();
    Promise.all(BY.map((by) => client.usage(by, since, abort.signal))).then(
      (all) => {
        setReports(Object.fromEntries(all.map((each) => [each.by, each])) as Record<UsageBy, UsageReport>);
        setFailure('');
      },
      (why: unknown) => {
        if (!abort.signal.aborted) {
          setFailure(sentence(why));
        }
      },
    );
    return () => abort.abort();
  }, [since, settled]);
  return { reports, failure };
}

function Choice<T extends string>({
  label,
  of,
  chosen,
  choose,
}: {
  label: string;
  of: readonly (readonly [T, string])[];
  chosen: T;
  choose: (value: T) => void;
}) {
  return (
    <fieldset class="segments">
      <legend class="hidden">{label}</legend>
      {of.map(([value, name]) => (
        <label key={value}>
          <input
            type="radio"
            name={label}
            value={value}
            checked={chosen === value}
            onChange={() => choose(value)}
          />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}

