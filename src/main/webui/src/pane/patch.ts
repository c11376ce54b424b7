/** One line of a unified diff. */
export interface PatchLine {
  kind: 'context' | 'added' | 'removed' | 'hunk' | 'note';
  text: string;
  old: number | null;
  new: number | null;
}

/** One file of a unified diff. */
export interface PatchFile {
  path: string;
  /** Where it was; the same where it was not moved. */
  oldPath: string;
  lines: PatchLine[];
  added: number;
  removed: number;
}

const TOLD = /^(new file|deleted file|rename |similarity |copy |Binary |old mode|new mode|Submodule )/;

/** Cuts a unified diff, as git prints it, into files and numbered lines. */
export function files(patch: string): PatchFile[] {
  const found: PatchFile[] = [];
  let file: PatchFile | null = null;
  let old = 0;
  let next = 0;
  let inside = false;
  for (const text of patch.split('\n')) {
    if (text.startsWith('diff --git ')) {
      const [oldPath, path] = headerNames(text.slice(11));
      file = { path, oldPath, lines: [], added: 0, removed: 0 };
      found.push(file);
      inside = false;
    } else if (!file) {
      continue;
    } else if (text.startsWith('@@')) {
      const at = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(text);
      old = Number(at?.[1] ?? 0);
      next = Number(at?.[2] ?? 0);
      inside = true;
      file.lines.push({ kind: 'hunk', text, old: null, new: null });
    } else if (!inside) {
      name(file, text);
      if (TOLD.test(text)) {
        file.lines.push({ kind: 'note', text, old: null, new: null });
      }
    } else if (text.startsWith('+')) {
      file.added++;
      file.lines.push({ kind: 'added', text: text.slice(1), old: null, new: next++ });
    } else if (text.startsWith('-')) {
      file.removed++;
      file.lines.push({ kind: 'removed', text: text.slice(1), old: old++, new: null });
    } else if (text.startsWith(' ')) {
      file.lines.push({ kind: 'context', text: text.slice(1), old: old++, new: next++ });
    } else if (text.startsWith('\\')) {
      file.lines.push({ kind: 'note', text, old: null, new: null });
    }
  }
  return found;
}

/** What stands before the first hunk says each name by itself. */
function name(file: PatchFile, text: string): void {
  const [word, rest] = ['--- ', '+++ ', 'rename from ', 'rename to ', 'copy from ', 'copy to ']
    .filter((each) => text.startsWith(each))
    .map((each) => [each, text.slice(each.length)] as const)[0] ?? ['', ''];
  // Behind a name with spaces git puts a tab, which no name that stands unquoted can hold.
  const said = unquoted(rest.replace(/\t$/, ''));
  if (word === '' || said === '/dev/null') {
    return;
  }
  if (word === '+++ ') {
    file.path = said.replace(/^b\//, '');
  } else if (word === '--- ') {
    file.oldPath = said.replace(/^a\//, '');
  } else if (word.endsWith('to ')) {
    file.path = said;
  } else {
    file.oldPath = said;
  }
}

/** The names of a file that has nothing else to say: both are the same then. */
function headerNames(text: string): [string, string] {
  const quoted = /^("(?:[^"\\]|\\.)*"|a\/.*?) ("(?:[^"\\]|\\.)*")$/.exec(text);
  if (quoted) {
    return [strip(quoted[1] ?? ''), strip(quoted[2] ?? '')];
  }
  const half = (text.length - 1) / 2;
  return [strip(text.slice(0, half)), strip(text.slice(half + 1))];
}

function strip(name: string): string {
  return unquoted(name).replace(/^[ab]\//, '');
}

const ESCAPES: Record<string, number> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** A name that git put in quotes, C's way: octal bytes of UTF-8, or of Latin-1 where it is none. */
export function unquoted(name: string): string {
  if (!/^".*"$/.test(name)) {
    return name;
  }
  const bytes: number[] = [];
  for (const [, octal, letter, plain] of name
    .slice(1, -1)
    .matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gs)) {
    if (octal !== undefined) {
      bytes.push(parseInt(octal, 8));
    } else if (letter !== undefined) {
      bytes.push(ESCAPES[letter] ?? letter.charCodeAt(0));
    } else {
      bytes.push(...new TextEncoder().encode(plain));
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return String.fromCharCode(...bytes);
  }
}
