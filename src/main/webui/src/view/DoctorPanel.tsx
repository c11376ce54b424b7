import { useEffect, useState } from 'preact/hooks';
import { sentence } from '../api/problem';
import type { DoctorCheck, DoctorReport } from '../api/types';
import { line } from '../lib/text';
import { moment } from '../lib/time';
import { client } from '../live/store';

const WORST_FIRST: readonly DoctorCheck['state'][] = ['missing', 'warning', 'unknown', 'ok'];

/** Asks a host for all that a session needs there; what is not well comes first, with its fix. */
export function DoctorPanel({ host }: { host: string }) {
  const [report, setReport] = useState<DoctorReport | null>(null);
  const [failure, setFailure] = useState('');
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    setReport(null);
    setFailure('');
    client.doctor(host, abort.signal).then(setReport, (why: unknown) => {
      if (!abort.signal.aborted) {
        setFailure(sentence(why));
      }
    });
    return () => abort.abort();
  }, [host, turn]);
  const checks = report?.checks.toSorted(
    (a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state),
  );
  const bad = report?.checks.filter((check) => check.state !== 'ok').length ?? 0;
  return (
    <section class="doctor" aria-label={`What the doctor found on ${host}`}>
      <p role="status" class="muted">
        {failure && <span class="failure">{line(failure, 400)}</span>}
        {!report && !failure && 'Asking the host, for 20 seconds at most…'}
        {report &&
          `${report.checks.length} checks, ${bad === 0 ? 'all well' : `${bad} to look at`}; ${moment(report.asOf)}`}
      </p>
      <ul class="findings">
        {checks?.map((check) => (
          <li key={check.what + check.detail}>
            <span class={`sign ${check.state}`} aria-hidden="true" />
            <div>
              <b>{line(check.what, 60)}</b> <span class="hidden">{check.state}: </span>
              {line(check.detail, 400)}
              {check.fix && <p class="fix">{line(check.fix, 400)}</p>}
            </div>
          </li>
        ))}
      </ul>
      {(report || failure) && (
        <button type="button" class="quiet" onClick={() => setTurn(turn + 1)}>
          Ask again
        </button>
      )}
    </section>
  );
}
