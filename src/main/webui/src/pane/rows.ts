import type { PatchLine } from './patch';

/** One row of a diff that shows both sides; a hunk's head and a note go across. */
export interface SideRow {
  left: PatchLine | null;
  right: PatchLine | null;
  across: PatchLine | null;
}

/** Puts what was removed beside what came for it. */
export function sides(lines: readonly PatchLine[]): SideRow[] {
  const rows: SideRow[] = [];
  let removed: PatchLine[] = [];
  let added: PatchLine[] = [];
  const flush = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++) {
      rows.push({ left: removed[i] ?? null, right: added[i] ?? null, across: null });
    }
    removed = [];
    added = [];
  };
  for (const line of lines) {
    switch (line.kind) {
      case 'removed':
        if (added.length > 0) {
          flush();
        }
        removed.push(line);
        break;
      case 'added':
        added.push(line);
        break;
      case 'context':
        flush();
        rows.push({ left: line, right: line, across: null });
        break;
      case 'hunk':
      case 'note':
        flush();
        rows.push({ left: null, right: null, across: line });
        break;
    }
  }
  flush();
  return rows;
}
