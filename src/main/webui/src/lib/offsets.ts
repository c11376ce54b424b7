/** Where each of these begins when they stand below each other; the end of the last comes last. */
export function offsets(heights: readonly number[]): number[] {
  const tops = [0];
  for (const height of heights) {
    tops.push((tops.at(-1) ?? 0) + height);
  }
  return tops;
}

/** Which of them touch a stretch: from the first to before the second. */
export function within(tops: readonly number[], from: number, to: number): [number, number] {
  const last = tops.length - 1;
  const first = Math.max(0, firstAfter(tops, from) - 1);
  let end = first;
  while (end < last && (tops[end] ?? 0) < to) {
    end++;
  }
  return [Math.min(first, last), end];
}

/** The index of the first offset beyond a position; found by halving, as there may be thousands. */
function firstAfter(tops: readonly number[], position: number): number {
  let low = 0;
  let high = tops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle] ?? 0) <= position) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
