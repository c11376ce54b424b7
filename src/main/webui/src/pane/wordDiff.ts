import { lineDiff } from './lineDiff';
import type { PatchLine } from './patch';
import { sides } from './rows';

/** A piece of a line, by its first character and the one behind its last. */
export type Span = readonly [number, number];

/** A line of more characters is not compared word by word. */
const LONGEST = 1_000;

/** Lines that share less than this of their words are other lines, not changed ones. */
const ALIKE = 0.4;

/** What has changed within lines that came in the place of others, word by word. */
export function changedWords(lines: readonly PatchLine[]): Map<PatchLine, Span[]> {
  const found = new Map<PatchLine, Span[]>();
  for (const { left, right } of sides(lines)) {
    if (left?.kind === 'removed' && right?.kind === 'added') {
      const spans = compare(left.text, right.text);
      if (spans) {
        found.set(left, spans.old);
        found.set(right, spans.next);
      }
    }
  }
  return found;
}

function compare(before: string, after: string): { old: Span[]; next: Span[] } | null {
  if (before.length > LONGEST || after.length > LONGEST) {
    return null;
  }
  // Words are compared as a text's lines are: none of them holds a line's end.
  const words = lineDiff(wordsOf(before).join('\n'), wordsOf(after).join('\n'));
  const size = (kind: PatchLine['kind']) =>
    words.reduce((sum, word) => sum + (word.kind === kind ? word.text.trim().length : 0), 0);
  const same = size('context');
  if (same < ALIKE * (same + Math.max(size('removed'), size('added')))) {
    return null;
  }
  return { old: spans(words, 'removed'), next: spans(words, 'added') };
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}_]+|\s+|./gu) ?? [];
}

/** Where the words of a kind stand on their side; neighbours are one. */
function spans(words: readonly PatchLine[], kind: 'removed' | 'added'): Span[] {
  const found: [number, number][] = [];
  let at = 0;
  for (const word of words) {
    if (word.kind !== kind && word.kind !== 'context') {
      continue;
    }
    const end = at + word.text.length;
    const last = found.at(-1);
    if (word.kind === kind) {
      if (last?.[1] === at) {
        last[1] = end;
      } else {
        found.push([at, end]);
      }
    }
    at = end;
  }
  return found;
}

/** A piece of a token, and whether it is one that has changed. */
export interface Piece<T> {
  text: string;
  of: T;
  changed: boolean;
}

/** Cuts tokens where a span begins or ends. */
export function cutAt<T extends { text: string }>(tokens: readonly T[], marked: readonly Span[]): Piece<T>[] {
  const found: Piece<T>[] = [];
  let at = 0;
  for (const token of tokens) {
    const end = at + token.text.length;
    const edges = marked.flat().filter((edge) => edge > at && edge < end);
    let from = at;
    for (const to of [...edges, end]) {
      const changed = marked.some(([first, behind]) => first <= from && to <= behind);
      found.push({ text: token.text.slice(from - at, to - at), of: token, changed });
      from = to;
    }
    at = end;
  }
  return found;
}
