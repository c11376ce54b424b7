import type { Answer, Ask } from './highlight.worker';
import type { PatchLine } from './patch';
import type { Token } from './tokens';

/** A text longer than this stays plain, and so does a line. */
const LONGEST = 200_000;
const LONGEST_LINE = 2_000;

/** Whoever takes longer is ended, and colours nothing more. */
const PATIENCE = 8_000;

interface Waiting {
  answer: (lines: Token[][]) => void;
  timer: ReturnType<typeof setTimeout>;
}

let worker: Worker | null = null;
let failures = 0;
let last = 0;
const waiting = new Map<number, Waiting>();

/** The tokens of each line of a text; none where it can't be coloured. */
export function highlight(language: string, text: string): Promise<Token[][]> {
  if (text.length > LONGEST || failures > 2) {
    return Promise.resolve([]);
  }
  worker ??= begin();
  const ask: Ask = { id: ++last, language, text };
  return new Promise((answer) => {
    const timer = setTimeout(fail, PATIENCE);
    waiting.set(ask.id, { answer, timer });
    worker?.postMessage(ask);
  });
}

function begin(): Worker {
  const made = new Worker(new URL('./highlight.worker.ts', import.meta.url), { type: 'module' });
  made.onmessage = ({ data }: MessageEvent<Answer>) => settle(data.id, data.lines);
  made.onerror = fail;
  return made;
}

function fail(): void {
  failures++;
  worker?.terminate();
  worker = null;
  [...waiting.keys()].forEach((id) => settle(id, []));
}

function settle(id: number, lines: Token[][]): void {
  const one = waiting.get(id);
  if (one) {
    clearTimeout(one.timer);
    waiting.delete(id);
    one.answer(lines);
  }
}

/**
 * The tokens of a diff's lines. Each hunk is read twice, as it was and as it is, so that what was
 * removed does not spoil the syntax of what was added.
 */
export async function highlightPatch(
  language: string,
  lines: readonly PatchLine[],
): Promise<Map<PatchLine, Token[]>> {
  const found = new Map<PatchLine, Token[]>();
  const sides = hunks(lines).flatMap((hunk) => [
    hunk.filter((line) => line.kind !== 'added'),
    hunk.filter((line) => line.kind !== 'removed'),
  ]);
  for (const side of sides) {
    const tokens = await highlight(language, side.map((line) => line.text).join('\n'));
    side.forEach((line, i) => {
      const own = tokens[i];
      if (own) {
        found.set(line, own);
      }
    });
  }
  return found;
}

/** A hunk with a line that is too long stays plain: no file is read by lines like that. */
function hunks(lines: readonly PatchLine[]): PatchLine[][] {
  const found: PatchLine[][] = [[]];
  for (const line of lines) {
    if (line.kind === 'hunk') {
      found.push([]);
    } else if (line.kind !== 'note') {
      found.at(-1)?.push(line);
    }
  }
  return found.filter(
    (hunk) => hunk.length > 0 && hunk.every((line) => line.text.length <= LONGEST_LINE),
  );
}
