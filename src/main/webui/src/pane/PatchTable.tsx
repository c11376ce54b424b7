import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { LongText, Plain } from './Plain';
import type { PatchLine } from './patch';
import { within, type Range } from './remark';
import { sides } from './rows';
import type { Token } from './tokens';
import { changedWords, cutAt, type Span } from './wordDiff';

export type View = 'unified' | 'split';

const LONGEST_LINE = 2_000;

/** Lines of one file as a table; the cells of a line carry its index, so that it can be picked. */
export function PatchTable({
  lines,
  view,
  tokens,
  mark = null,
  below = null,
  shown,
}: {
  lines: readonly PatchLine[];
  view: View;
  tokens: ReadonlyMap<PatchLine, Token[]>;
  mark?: Range | null;
  /** Stands under the last marked line. */
  below?: ComponentChildren;
  shown?: () => void;
}) {
  const words = useMemo(() => changedWords(lines), [lines]);
  const index = new Map(lines.map((line, i) => [line, i]));
  const at = (line: PatchLine | null) => (line ? index.get(line) : undefined);
  const marked = (line: PatchLine | null) => {
    const i = at(line);
    return mark !== null && i !== undefined && within(mark, i) ? ' marked' : '';
  };
  const code = (line: PatchLine) => (
    <Code
      line={line}
      tokens={tokens.get(line)}
      changed={words.get(line) ?? []}
      {...(shown ? { shown } : {})}
    />
  );
  const end = (line: PatchLine | null) => mark !== null && at(line) === mark.last;
  const more = (columns: number) =>
    below && (
      <tr class="below" key="below">
        <td colSpan={columns}>{below}</td>
      </tr>
    );
  if (view === 'unified') {
    return (
      <tbody>
        {lines.map((line, i) => [
          <tr key={i} class={line.kind + marked(line)} data-line={i}>
            <td class="at" data-n={line.old ?? ''} />
            <td class="at" data-n={line.new ?? ''} />
            <td class="code-cell">{code(line)}</td>
          </tr>,
          end(line) && more(3),
        ])}
      </tbody>
    );
  }
  return (
    <tbody>
      {sides(lines).map(({ left, right, across }, i) =>
        across ? (
          <tr key={i} class={across.kind} data-line={at(across)}>
            <td class="at" />
            <td colSpan={3} class="code-cell">
              {code(across)}
            </td>
          </tr>
        ) : (
          [
            <tr key={i} class="both">
              <td class={`at ${left?.kind ?? 'none'}${marked(left)}`} data-n={left?.old ?? ''} data-line={at(left)} />
              <td class={`code-cell ${left?.kind ?? 'none'}${marked(left)}`} data-line={at(left)}>
                {left && code(left)}
              </td>
              <td class={`at ${right?.kind ?? 'none'}${marked(right)}`} data-n={right?.new ?? ''} data-line={at(right)} />
              <td class={`code-cell ${right?.kind ?? 'none'}${marked(right)}`} data-line={at(right)}>
                {right && code(right)}
              </td>
            </tr>,
            (end(left) || end(right)) && more(4),
          ]
        ),
      )}
    </tbody>
  );
}

const SIGNS: Partial<Record<PatchLine['kind'], string>> = { added: 'added: ', removed: 'removed: ' };

function Code({
  line,
  tokens,
  changed,
  shown,
}: {
  line: PatchLine;
  tokens: Token[] | undefined;
  /** Words that differ from the line on the other side. */
  changed: readonly Span[];
  shown?: () => void;
}) {
  const cut = tokens ?? (changed.length > 0 ? [{ text: line.text, kind: '' }] : undefined);
  return (
    <pre>
      {/* Colours are not all there is: the sign is read out, and drawn by the style sheet. */}
      {SIGNS[line.kind] && <span class="for-ears">{SIGNS[line.kind]}</span>}
      {cut ? (
        cutAt(cut, changed).map(({ text, of, changed: is }, i) => {
          const classes = is ? `${of.kind} changed`.trim() : of.kind;
          return classes ? (
            <span key={i} class={classes}>
              <Plain text={text} />
            </span>
          ) : (
            <Plain key={i} text={text} />
          );
        })
      ) : (
        <LongText text={line.text} most={LONGEST_LINE} {...(shown ? { shown } : {})} />
      )}
    </pre>
  );
}
