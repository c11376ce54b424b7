import { cut, safe } from '../lib/text';
import type { PatchLine } from './patch';

/** Lines of a diff, as a person picked them: indices into one file's lines, both included. */
export interface Range {
  first: number;
  last: number;
}

/** Quoted at most, in characters: the rest is named by its numbers. */
const MOST = 20_000;

export function within(range: Range, index: number): boolean {
  return index >= range.first && index <= range.last;
}

/** What a range is called: by the numbers of the new side, or of the old one where it has gone. */
export function place(lines: readonly PatchLine[], range: Range): string {
  const picked = lines.slice(range.first, range.last + 1);
  const fresh = picked.flatMap((each) => (each.new === null ? [] : [each.new]));
  const old = picked.flatMap((each) => (each.old === null ? [] : [each.old]));
  const numbers = fresh.length > 0 ? fresh : old;
  const [first, last] = [numbers[0], numbers.at(-1)];
  const span = first === last ? `line ${first}` : `lines ${first}-${last}`;
  return fresh.length > 0 ? span : `${span} before the change`;
}

/** A remark on lines of a diff, as an agent is told it: where, the lines themselves, the words. */
export function prompt(
  path: string,
  lines: readonly PatchLine[],
  range: Range,
  words: string,
): string {
  const marks: Partial<Record<PatchLine['kind'], string>> = { added: '+', removed: '-' };
  const quoted = lines
    .slice(range.first, range.last + 1)
    .filter((each) => each.kind !== 'hunk' && each.kind !== 'note')
    .map((each) => (marks[each.kind] ?? ' ') + each.text)
    .join('\n');
  const { text, left } = cut(quoted, MOST);
  const body = safe(text) + (left > 0 ? `\n… (${left} more characters)` : '');
  const fence = '`'.repeat(Math.max(3, longestRun(body) + 1));
  const name = safe(path).replace(/\n/g, '␊');
  return (
    `About ${name}, ${place(lines, range)}:\n\n` +
    `${fence}diff\n${body}\n${fence}` +
    (words.trim() ? `\n\n${words.trim()}` : '')
  );
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
}
