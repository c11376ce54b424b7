/** What a paste would do that a person may not expect. */
export interface Pasted {
  /** Without what a program could take for keys, and without marks of a bracketed paste. */
  text: string;
  lines: number;
  /** How many control characters were left out. */
  dropped: number;
}

// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Text from the clipboard, made harmless: an escape sequence in it would end a bracketed paste. */
export function pasted(raw: string): Pasted {
  const text = raw.replace(/\r\n?/g, '\n').replace(CONTROLS, '');
  const dropped = raw.match(CONTROLS)?.length ?? 0;
  return { text, lines: text.replace(/\n$/, '').split('\n').length, dropped };
}

/** Whether it is asked about first: what has a line's end in it may be run at once. */
export function isRisky({ text, dropped }: Pasted): boolean {
  return text.includes('\n') || dropped > 0;
}
