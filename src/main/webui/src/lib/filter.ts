import type { HostRow, SessionRow } from '../api/types';

/** What the board shows, as its address says. */
export interface Filter {
  text: string;
  hosts: string[];
  states: string[];
  repos: string[];
  labels: string[];
  group: Group;
}

export type Group = 'urgency' | 'host' | 'repo' | 'agent' | 'state' | 'account';

export const GROUPS: readonly Group[] = ['urgency', 'host', 'repo', 'agent', 'state', 'account'];

/** What its host says of itself, by the host's name. */
export type HostLabels = (host: string) => Record<string, string>;

const NO_LABELS: HostLabels = () => ({});

export const ALL: Filter = {
  text: '',
  hosts: [],
  states: [],
  repos: [],
  labels: [],
  group: 'urgency',
};

const URGENT = ['needs-approval', 'needs-input', 'blocked', 'failed', 'crashed', 'lost'];
const AT_WORK = ['rate-limited', 'working', 'starting', 'preparing', 'queued', 'idle'];
const ORDER = new Map([...URGENT, ...AT_WORK, 'finished', 'stopped'].map((word, i) => [word, i]));

export function needsYou(state: string): boolean {
  return URGENT.includes(state);
}

/** A host that nobody but a person can help: with a secret, or by comparing its key. */
export function hostNeedsYou(row: HostRow): boolean {
  return ['locked', 'auth-failed', 'host-key-unknown', 'host-key-changed'].includes(row.state);
}

function rank(state: string): number {
  return ORDER.get(state) ?? ORDER.size;
}

/** A session's own labels, and those of its host; its own win. */
export function labelsOf(row: SessionRow, ofHost: HostLabels): Record<string, string> {
  return { ...ofHost(row.host), ...row.labels };
}

export function matches(row: SessionRow, filter: Filter, ofHost = NO_LABELS): boolean {
  const any = (wanted: string[], value: string) => wanted.length === 0 || wanted.includes(value);
  return (
    any(filter.hosts, row.host) &&
    any(filter.states, row.state) &&
    any(filter.repos, row.repo) &&
    filter.labels.every((label) => hasLabel(labelsOf(row, ofHost), label)) &&
    hasText(row, filter.text)
  );
}

function hasLabel(labels: Record<string, string>, label: string): boolean {
  const at = label.indexOf('=');
  return at < 0 ? label in labels : labels[label.slice(0, at)] === label.slice(at + 1);
}

function hasText(row: SessionRow, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return true;
  }
  const hay = [row.name, row.host, row.repo, row.branch, row.agent, row.model, row.state, row.detail, row.prompt]
    .filter((part) => part !== null)
    .join('\n')
    .toLowerCase();
  return words.every((word) => hay.includes(word));
}

/** How many parts of the filter hide something, apart from its text. */
export function parts(filter: Filter): number {
  return [filter.hosts, filter.states, filter.repos, filter.labels].filter((p) => p.length > 0).length;
}

/** One heading with its rows. */
export interface Section {
  title: string;
  rows: SessionRow[];
}

/** The rows that match, what needs a person first; under headings. */
export function sections(
  rows: Iterable<SessionRow>,
  filter: Filter,
  ofHost = NO_LABELS,
): Section[] {
  const shown = [...rows].filter((row) => matches(row, filter, ofHost)).sort(byUrgency);
  const groups = new Map<string, SessionRow[]>();
  for (const row of shown) {
    const title = heading(row, filter.group);
    const group = groups.get(title);
    if (group) {
      group.push(row);
    } else {
      groups.set(title, [row]);
    }
  }
  return [...groups].map(([title, group]) => ({ title, rows: group }));
}

function heading(row: SessionRow, group: Group): string {
  switch (group) {
    case 'urgency':
      return needsYou(row.state) ? 'Needs you' : row.lifecycle === 'ended' ? 'Ended' : 'Running';
    case 'host':
      return row.host;
    case 'repo':
      return row.repo;
    case 'agent':
      return row.agent;
    case 'state':
      return row.state;
    case 'account':
      return row.account ?? `${row.agent}@${row.host}`;
  }
}

function byUrgency(a: SessionRow, b: SessionRow): number {
  return (
    rank(a.state) - rank(b.state) ||
    Date.parse(b.since) - Date.parse(a.since) ||
    (a.id < b.id ? -1 : 1)
  );
}
