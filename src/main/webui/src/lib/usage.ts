import type { UsageRow } from '../api/types';

export type Metric = 'cost' | 'tokens';

export const SPANS = ['7d', '30d', '90d'] as const;

/** How far back it looks. */
export type Span = (typeof SPANS)[number];

/** What the page of usage is asked to show. */
export interface Sight {
  since: Span;
  metric: Metric;
}

export const USUAL: Sight = { since: '30d', metric: 'cost' };

export function amount(row: UsageRow, metric: Metric): number {
  return metric === 'cost' ? row.costUsd : row.inputTokens + row.outputTokens;
}

/** Every day from the first on, those too on which nothing was used. */
export function days(rows: readonly UsageRow[], since: string, today: Date): UsageRow[] {
  const byName = new Map(rows.map((row) => [row.name, row]));
  const last = [...byName.keys(), day(today)].sort().at(-1) ?? since;
  const all: UsageRow[] = [];
  const at = new Date(`${since}T12:00:00Z`);
  // A calendar's days, counted at noon UTC: no change of clocks skips one.
  for (let name = since; name <= last && all.length < 1000; ) {
    all.push(byName.get(name) ?? nothing(name));
    at.setUTCDate(at.getUTCDate() + 1);
    name = at.toISOString().slice(0, 10);
  }
  return all;
}

function nothing(name: string): UsageRow {
  return {
    name,
    sessions: 0,
    costUsd: 0,
    inputTokens: 0,
    outputTokens: 0,
    linesAdded: 0,
    linesRemoved: 0,
  };
}

function day(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The values of an axis: three or four round ones, the last at or above the largest. */
export function ticks(largest: number): number[] {
  if (!(largest > 0)) {
    return [0, 1];
  }
  const rough = largest / 3;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * unit >= rough) ?? 10) * unit;
  const number = Math.ceil(largest / step - 1e-9);
  return Array.from({ length: number + 1 }, (_, i) => i * step);
}
