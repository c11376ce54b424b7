import type { PatchLine } from './patch';

/** Beyond this many differing lines, the old text is shown whole before the new one. */
const MOST = 500;

/**
 * What changes from one text to another, line by line: the shortest such list, by the greedy
 * algorithm of Myers, "An O(ND) Difference Algorithm and Its Variations" (1986).
 */
export function lineDiff(before: string, after: string): PatchLine[] {
  const old = linesOf(before);
  const next = linesOf(after);
  let head = 0;
  while (head < old.length && head < next.length && old[head] === next[head]) {
    head++;
  }
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < next.length - head &&
    old[old.length - 1 - tail] === next[next.length - 1 - tail]
  ) {
    tail++;
  }
  const kinds = middle(old.slice(head, old.length - tail), next.slice(head, next.length - tail));
  const same = (count: number) => Array<PatchLine['kind']>(count).fill('context');
  return numbered([...same(head), ...kinds, ...same(tail)], old, next);
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}

function numbered(kinds: PatchLine['kind'][], old: string[], next: string[]): PatchLine[] {
  let i = 0;
  let j = 0;
  return kinds.map((kind) => {
    switch (kind) {
      case 'removed':
        return { kind, text: old[i] ?? '', old: ++i, new: null };
      case 'added':
        return { kind, text: next[j] ?? '', old: null, new: ++j };
      default:
        return { kind, text: old[i] ?? '', old: ++i, new: ++j };
    }
  });
}

function middle(old: string[], next: string[]): PatchLine['kind'][] {
  const trace: Map<number, number>[] = [];
  const best = new Map<number, number>([[1, 0]]);
  for (let d = 0; d <= Math.min(MOST, old.length + next.length); d++) {
    trace.push(new Map(best));
    for (let k = -d; k <= d; k += 2) {
      let x = down(best, k, d) ? (best.get(k + 1) ?? 0) : (best.get(k - 1) ?? 0) + 1;
      while (x < old.length && x - k < next.length && old[x] === next[x - k]) {
        x++;
      }
      best.set(k, x);
      if (x >= old.length && x - k >= next.length) {
        return back(trace, old.length, next.length);
      }
    }
  }
  return [
    ...Array<PatchLine['kind']>(old.length).fill('removed'),
    ...Array<PatchLine['kind']>(next.length).fill('added'),
  ];
}

function down(best: Map<number, number>, k: number, d: number): boolean {
  return k === -d || (k !== d && (best.get(k - 1) ?? -1) < (best.get(k + 1) ?? -1));
}

function back(trace: Map<number, number>[], oldLength: number, newLength: number) {
  const kinds: PatchLine['kind'][] = [];
  let x = oldLength;
  let y = newLength;
  for (let d = trace.length - 1; d >= 0; d--) {
    const best = trace[d] ?? new Map<number, number>();
    const k = x - y;
    const from = down(best, k, d) ? k + 1 : k - 1;
    const fromX = best.get(from) ?? 0;
    const fromY = fromX - from;
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      kinds.push('context');
      x--;
      y--;
    }
    if (d > 0) {
      kinds.push(x === fromX ? 'added' : 'removed');
    }
    x = fromX;
    y = fromY;
  }
  return kinds.reverse();
}
