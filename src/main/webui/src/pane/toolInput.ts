import { cut } from '../lib/text';
import { lineDiff } from './lineDiff';
import type { PatchLine } from './patch';

/** What an agent wants to give to a tool, in the pieces in which a person reads it. */
export type Block =
  | { kind: 'text'; name: string; text: string; code: boolean }
  | { kind: 'diff'; name: string; lines: PatchLine[] };

/** More characters than this are shown only when asked for. */
export const LONG = 20_000;

/** A table of more lines than this is text instead: a page has its limits. */
const MOST_LINES = 3_000;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How many characters of text there are to read in it. */
export function extent(input: unknown): number {
  if (typeof input === 'string') {
    return input.length;
  }
  if (Array.isArray(input)) {
    return input.reduce<number>((sum, each) => sum + extent(each), 0);
  }
  return isRecord(input) ? extent(Object.values(input)) : 0;
}

/**
 * All of an input, nothing left out: what changes a file as a diff, the rest as text, by name.
 *
 * @param most characters of each text; the rest of it is left out
 */
export function blocks(input: unknown, most = Number.MAX_SAFE_INTEGER): Block[] {
  if (!isRecord(input)) {
    return [{ kind: 'text', name: '', text: shortened(written(input), most), code: true }];
  }
  const { old_string: before, new_string: after, edits, content, ...rest } = input;
  const changes: Block[] = [];
  const left: Record<string, unknown> = { ...rest };
  if (typeof before === 'string' && typeof after === 'string') {
    changes.push(...change('', before, after, most));
  } else {
    keep(left, 'old_string', before);
    keep(left, 'new_string', after);
  }
  if (Array.isArray(edits) && edits.every(isEdit)) {
    edits.forEach(({ old_string, new_string, ...more }, i) => {
      const name = `edit ${i + 1} of ${edits.length}`;
      changes.push(...change(name, old_string, new_string, most));
      changes.push(...texts(more, most));
    });
  } else {
    keep(left, 'edits', edits);
  }
  if (typeof content === 'string' && typeof input['file_path'] === 'string') {
    changes.push(...change('content', '', content, most));
  } else {
    keep(left, 'content', content);
  }
  return [...texts(left, most), ...changes];
}

function keep(left: Record<string, unknown>, name: string, value: unknown): void {
  if (value !== undefined) {
    left[name] = value;
  }
}

interface Edit extends Record<string, unknown> {
  old_string: string;
  new_string: string;
}

function isEdit(value: unknown): value is Edit {
  return (
    isRecord(value) &&
    typeof value['old_string'] === 'string' &&
    typeof value['new_string'] === 'string'
  );
}

function change(name: string, before: string, after: string, most: number): Block[] {
  const lines = lineDiff(shortened(before, most), shortened(after, most));
  if (lines.length <= MOST_LINES) {
    return [{ kind: 'diff', name, lines }];
  }
  return [
    { kind: 'text', name: `${name} before`.trim(), text: shortened(before, most), code: true },
    { kind: 'text', name: `${name} after`.trim(), text: shortened(after, most), code: true },
  ];
}

/** What says most comes first, as it would run; the rest in its own order. */
const FIRST = ['command', 'file_path', 'notebook_path', 'path', 'url', 'description'];

function texts(fields: Record<string, unknown>, most: number): Block[] {
  const rank = (name: string) => (FIRST.indexOf(name) + 1 || FIRST.length + 1);
  return Object.entries(fields)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([name, value]) => ({
      kind: 'text',
      name,
      text: shortened(written(value), most),
      code: name === 'command' || written(value).includes('\n'),
    }));
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
}

function shortened(text: string, most: number): string {
  const { text: head, left } = cut(text, most);
  return left > 0 ? `${head}…` : head;
}
