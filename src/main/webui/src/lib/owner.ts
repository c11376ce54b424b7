import type { SessionRow } from '../api/types';
import { line } from './text';

/** Why a session is only shown here, and what takes it over; null for one of this service's. */
export function foreign(row: SessionRow): { why: string; fix: string } | null {
  if (row.owner === 'this') {
    return null;
  }
  return {
    why: row.managed
      ? `It belongs to another Muster service (${line(row.owner, 40)}), and is read-only here.`
      : 'A person started it by hand: Muster only shows how it stands.',
    fix: `muster adopt ${line(`${row.host}/${row.name}`, 130)}`,
  };
}
