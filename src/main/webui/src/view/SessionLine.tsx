import type { SessionRow } from '../api/types';
import { address, open } from '../lib/address';
import { line } from '../lib/text';
import { age, moment } from '../lib/time';
import { live, now } from '../live/store';
import { StateMark } from './StateMark';

/** One session of the board. */
export function SessionLine({ row }: { row: SessionRow }) {
  const host = live.value.hosts.get(row.host);
  const shown = address.value.panes.some((pane) => pane.session === row.id);
  return (
    <button
      type="button"
      class={`session${row.stale ? ' stale' : ''}${shown ? ' shown' : ''}`}
      onClick={() => open(row.id)}
      title={row.stale && host?.asOf ? `${row.host} was last heard of ${moment(host.asOf)}` : ''}
    >
      <StateMark state={row.state} />
      <span class="name">
        <bdi>{line(row.name, 64)}</bdi>
        <small>
          <bdi>{line(row.host, 64)}</bdi>:<bdi>{line(row.repo, 64)}</bdi>
        </small>
      </span>
      <span class="word">
        <span>
          {row.state}
          {row.estimated && <span title="estimated: the agent has not said so itself">~</span>}
        </span>
        <small>{age(row.since, now.value)}</small>
      </span>
      <span class="detail">
        <bdi>{line(row.detail ?? row.prompt ?? '')}</bdi>
        <small>
          {row.branch && <bdi>{line(row.branch, 80)}</bdi>} {line(row.agent, 40)}
          {row.model && ` · ${line(row.model, 40)}`}
          {!row.managed && ' · started by hand'}
          {row.stale && ` · as of ${age(row.asOf, now.value)} ago`}
        </small>
      </span>
      <span class="numbers">
        {row.changes && (row.changes.files > 0 || row.changes.commits > 0) && (
          <span>
            <ins>+{row.changes.added}</ins> <del>−{row.changes.removed}</del>
          </span>
        )}
        <small>
          {row.usage?.costUsd != null && `$${row.usage.costUsd.toFixed(2)} `}
          {row.usage?.contextUsedPercent != null &&
            `${Math.round(row.usage.contextUsedPercent)} % ctx`}
        </small>
      </span>
    </button>
  );
}
