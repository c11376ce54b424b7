import { signal } from '@preact/signals';
import { ALL, GROUPS, type Filter, type Group } from './filter';
import { SPANS, USUAL, type Sight, type Span } from './usage';

/** The pages there are. */
export type Page = 'board' | 'inbox' | 'hosts' | 'start' | 'usage';

const PAGES: readonly Page[] = ['board', 'inbox', 'hosts', 'start', 'usage'];

/** What a pane shows of its session. */
export type PaneKind = 'terminal' | 'shell' | 'diff' | 'log';

const KINDS: readonly PaneKind[] = ['terminal', 'shell', 'diff', 'log'];

export interface PaneSpec {
  session: string;
  kind: PaneKind;
}

/** All that the address keeps: a page that is opened again, or sent on, looks the same. */
export interface Address {
  page: Page;
  filter: Filter;
  usage: Sight;
  panes: PaneSpec[];
  /** Where the dividers stand, in percent. */
  split: number[];
}

export const MOST_PANES = 4;

export function read(search: string): Address {
  const query = new URLSearchParams(search);
  const group = query.get('group') as Group;
  const page = query.get('page') as Page;
  const since = query.get('since') as Span;
  return {
    page: PAGES.includes(page) ? page : 'board',
    filter: {
      text: query.get('q') ?? '',
      hosts: query.getAll('host'),
      states: query.getAll('state'),
      repos: query.getAll('repo'),
      labels: query.getAll('label'),
      group: GROUPS.includes(group) ? group : 'urgency',
    },
    usage: {
      since: SPANS.includes(since) ? since : USUAL.since,
      metric: query.get('metric') === 'tokens' ? 'tokens' : USUAL.metric,
    },
    panes: query.getAll('pane').flatMap(pane).slice(0, MOST_PANES),
    split: (query.get('split') ?? '')
      .split('-')
      .map(Number)
      .filter((percent) => percent >= 10 && percent <= 90),
  };
}

function pane(text: string): PaneSpec[] {
  const [session, kind] = text.split('.');
  return session && /^[0-9A-Z]{26}$/.test(session)
    ? [{ session, kind: KINDS.includes(kind as PaneKind) ? (kind as PaneKind) : 'terminal' }]
    : [];
}

export function write(address: Address): string {
  const query = new URLSearchParams();
  if (address.page !== 'board') {
    query.set('page', address.page);
  }
  const { filter } = address;
  if (filter.text) {
    query.set('q', filter.text);
  }
  filter.hosts.forEach((host) => query.append('host', host));
  filter.states.forEach((state) => query.append('state', state));
  filter.repos.forEach((repo) => query.append('repo', repo));
  filter.labels.forEach((label) => query.append('label', label));
  if (filter.group !== ALL.group) {
    query.set('group', filter.group);
  }
  if (address.usage.since !== USUAL.since) {
    query.set('since', address.usage.since);
  }
  if (address.usage.metric !== USUAL.metric) {
    query.set('metric', address.usage.metric);
  }
  address.panes.forEach((each) => query.append('pane', `${each.session}.${each.kind}`));
  if (address.split.length > 0 && address.panes.length > 1) {
    query.set('split', address.split.map((percent) => percent.toFixed(1)).join('-'));
  }
  const text = query.toString();
  return text ? `?${text}` : '';
}

export const address = signal<Address>(read(location.search));

/** Changes the address; a step that a person would go back from makes an entry of the history. */
export function go(change: Partial<Address>, step = false): void {
  const next = { ...address.value, ...change };
  address.value = next;
  const url = location.pathname + write(next);
  if (step) {
    history.pushState(null, '', url);
  } else {
    history.replaceState(null, '', url);
  }
}

export function open(session: string, kind: PaneKind = 'terminal'): void {
  const { panes } = address.value;
  if (panes.some((each) => each.session === session && each.kind === kind)) {
    return;
  }
  const next = [...panes, { session, kind }].slice(-MOST_PANES);
  go({ panes: next }, true);
}

export function close(index: number): void {
  go({ panes: address.value.panes.filter((_, i) => i !== index) }, true);
}

export function turn(index: number, kind: PaneKind): void {
  go({ panes: address.value.panes.map((each, i) => (i === index ? { ...each, kind } : each)) });
}

addEventListener('popstate', () => (address.value = read(location.search)));
