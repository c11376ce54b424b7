/**
 * Text that came from a host, made harmless to look at: what would move, hide or reorder other
 * text is shown as a mark. HTML is no concern here, since all text goes into text nodes.
 */
const MARKS =
  // C0 and C1 controls but tab and newline, zero-width and invisible characters, bidi controls,
  // line and paragraph separators, tags, variation selectors of the supplement, noncharacters.
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff]|[\u{e0000}-\u{e0fff}]/gu;

/** One or more lines, as they stand, but for characters that are not seen. */
export function safe(text: string): string {
  return text.replace(MARKS, (mark) => {
    const code = mark.codePointAt(0) ?? 0;
    return code < 0x20 ? String.fromCodePoint(0x2400 + code) : '\ufffd';
  });
}

/** One line, cut to a length fit for a row. */
export function line(text: string, longest = 300): string {
  const head = text.length > longest * 2 ? text.slice(0, longest * 2) : text;
  const flat = safe(head.replace(/\s+/g, ' ').trim());
  return flat.length > longest ? `${flat.slice(0, longest)}…` : flat;
}

/** A piece of a text: as it stands, or the name of a character that would not be seen. */
export interface TextPart {
  text: string;
  unseen: boolean;
}

/** A text in pieces, in which what would hide or reorder something is told by its code point. */
export function parts(text: string): TextPart[] {
  const found: TextPart[] = [];
  let from = 0;
  for (const { 0: mark, index } of text.matchAll(MARKS)) {
    if (index > from) {
      found.push({ text: text.slice(from, index), unseen: false });
    }
    found.push({ text: named(mark), unseen: true });
    from = index + mark.length;
  }
  if (from < text.length) {
    found.push({ text: text.slice(from), unseen: false });
  }
  return found;
}

/** ASCII's own names of its controls. */
const CONTROLS = (
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM ' +
  'SUB ESC FS GS RS US'
).split(' ');

function named(mark: string): string {
  const code = mark.codePointAt(0) ?? 0;
  return code < CONTROLS.length
    ? (CONTROLS[code] ?? '')
    : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The first characters of a text, none torn in two, and how many are left. */
export function cut(text: string, most: number): { text: string; left: number } {
  if (text.length <= most) {
    return { text, left: 0 };
  }
  const last = text.charCodeAt(most - 1);
  const end = last >= 0xd800 && last < 0xdc00 ? most - 1 : most;
  return { text: text.slice(0, end), left: text.length - end };
}
