import { needsYou } from '../lib/filter';
import type { Live } from './fold';

/** What of a session or a host is worth a word when it changes. */
interface Stand {
  name: string;
  state: string;
  urgent: boolean;
}

/** How everything stands, to be compared with how it stands later. */
export type Stands = ReadonlyMap<string, Stand>;

export function stands(live: Live): Stands {
  const all = new Map<string, Stand>();
  for (const row of live.sessions.values()) {
    const name = `${row.host}/${row.name}`;
    all.set(row.id, { name, state: row.state, urgent: needsYou(row.state) });
  }
  for (const row of live.hosts.values()) {
    all.set(`host ${row.name}`, { name: `host ${row.name}`, state: row.state, urgent: false });
  }
  return all;
}

/** States that a person who does not look wants to hear of; the rest comes and goes by itself. */
const HEARD = ['finished', 'stopped', 'rate-limited', 'offline', 'online'];

/** The keys of what changed so that it is worth a word. */
export function news(before: Stands, after: Stands): string[] {
  return [...after].flatMap(([key, now]) => {
    const then = before.get(key);
    const worth = now.urgent || HEARD.includes(now.state) || key.startsWith('host ');
    return then !== undefined && then.state !== now.state && worth ? [key] : [];
  });
}

/** One sentence for a screen reader: a few by name, many by number. */
export function sentence(keys: readonly string[], after: Stands): string {
  const changed = keys.flatMap((key) => after.get(key) ?? []);
  if (changed.length <= 3) {
    return changed.map((each) => `${each.name}: ${each.state}`).join('. ');
  }
  const waiting = changed.filter((each) => each.urgent).length;
  return `${changed.length} changes${waiting > 0 ? `, ${waiting} need you` : ''}`;
}
