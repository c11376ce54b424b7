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
  lines: PatchLine[];
}

/** Cuts a unified diff, as git prints it, into files and numbered lines. */
export function files(patch: string): PatchFile[] {
  const found: PatchFile[] = [];
  let file: PatchFile | null = null;
  let old = 0;
  let next = 0;
  let inside = false;
  for (const text of patch.split('\n')) {
    if (text.startsWith('diff --git ')) {
      file = { path: named(text), lines: [] };
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
      if (text.startsWith('+++ b/')) {
        file.path = text.slice(6);
      } else if (/^(new file|deleted file|rename |similarity |Binary |old mode|new mode)/.test(text)) {
        file.lines.push({ kind: 'note', text, old: null, new: null });
      }
    } else if (text.startsWith('+')) {
      file.lines.push({ kind: 'added', text: text.slice(1), old: null, new: next++ });
    } else if (text.startsWith('-')) {
      file.lines.push({ kind: 'removed', text: text.slice(1), old: old++, new: null });
    } else if (text.startsWith(' ')) {
      file.lines.push({ kind: 'context', text: text.slice(1), old: old++, new: next++ });
    } else if (text.startsWith('\\')) {
      file.lines.push({ kind: 'note', text, old: null, new: null });
    }
  }
  return found;
}

function named(header: string): string {
  return /^diff --git "?a\/.*? "?b\/(.*?)"?$/.exec(header)?.[1] ?? header.slice(11);
}
