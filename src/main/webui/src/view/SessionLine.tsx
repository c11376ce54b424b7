import type { Changes, SessionRow, Usage } from '../api/types';
import { address, open } from '../lib/address';
import { count, dollars } from '../lib/amount';
import { needsYou } from '../lib/filter';
import { foreign } from '../lib/owner';
import { line } from '../lib/text';
import { age, moment } from '../lib/time';
import { live, now } from '../live/store';
import { StateMark } from './StateMark';

/** One session of the board. */
export function SessionLine({ row, tabIndex }: { row: SessionRow; tabIndex: 0 | -1 }) {
  const host = live.value.hosts.get(row.host);
  const shown = address.value.panes.some((pane) => pane.session === row.id);
  const classes = ['session'];
  if (row.stale) classes.push('stale');
  if (shown) classes.push('shown');
  if (needsYou(row.state)) classes.push('urgent');
  return (
    <button
      type="button"
      class={classes.join(' ')}
      tabIndex={tabIndex}
      onClick={() => open(row.id)}
      title={row.stale && host?.asOf ? `${row.host} was last heard of ${moment(host.asOf)}` : ''}
    >
      <StateMark state={row.state} />
      <span class="name">
        <bdi>{line(row.name, 64)}</bdi>
        <small>
          <bdi>{line(row.host, 64)}</bdi>
          <span class="sep">:</span>
          <bdi>{line(row.repo, 64)}</bdi>
        </small>
      </span>
      <span class="word">
        <span>
          {row.state}
          {row.estimated && <span title="estimated: the agent has not said so itself">?</span>}
        </span>
        <small>{age(row.since, now.value)}</small>
      </span>
      <span class="detail">
        <bdi>{line(row.detail ?? row.prompt ?? '')}</bdi>
        <small>
          {row.stale && <b class="aged">as of {age(row.asOf, now.value)} ago</b>}
          {row.branch && <bdi>{line(row.branch, 80)}</bdi>}
          {!row.managed && <span>started by hand</span>}
          {row.managed && foreign(row) && <span>of another service</span>}
          <span class="elsewhere">{agent(row)}</span>
        </small>
      </span>
      <span class="agent">
        <bdi>{line(row.agent, 40)}</bdi>
        <small>
          <bdi>{line(row.model ?? '', 40)}</bdi>
        </small>
      </span>
      <ChangesCell changes={row.changes} />
      <UsageCell usage={row.usage} />
    </button>
  );
}

function agent(row: SessionRow): string {
  return line(row.model ? `${row.agent} · ${row.model}` : row.agent, 80);
}

function ChangesCell({ changes }: { changes: Changes | null }) {
  if (!changes || (changes.files === 0 && changes.commits === 0)) {
    return <span class="changes" />;
  }
  const files = `${changes.files} ${changes.files === 1 ? 'file' : 'files'}`;
  return (
    <span class="changes">
      <span>
        <ins>+{count(changes.added)}</ins> <del>−{count(changes.removed)}</del>
      </span>
      <small>
        {files}
        {changes.commits > 0 && `, ${changes.commits} ${changes.commits === 1 ? 'commit' : 'commits'}`}
      </small>
    </span>
  );
}

function UsageCell({ usage }: { usage: Usage | null }) {
  const context = usage?.contextUsedPercent;
  return (
    <span class="used">
      <span>{usage?.costUsd != null && dollars(usage.costUsd)}</span>
      {context != null && (
        <small class={context >= 80 ? 'context full' : 'context'}>
          <span class="gauge" aria-hidden="true">
            <span style={{ width: `${Math.min(100, Math.max(0, context))}%` }} />
          </span>
          {Math.round(context)}%<span class="hidden"> of its context</span>
        </small>
      )}
    </span>
  );
}
