import { line } from '../lib/text';
import { Plain } from './Plain';
import { PatchTable } from './PatchTable';
import { blocks, LONG, type Block } from './toolInput';
import './diff.css';

const NO_TOKENS = new Map<never, never>();

/** A tool's input, whole: nobody is asked to allow what they can't see to its end. */
export function ToolInput({ input, all }: { input: unknown; all: boolean }) {
  return (
    <div class="input">
      {blocks(input, all ? undefined : LONG).map((block, i) => (
        <Piece key={i} block={block} />
      ))}
    </div>
  );
}

function Piece({ block }: { block: Block }) {
  if (block.kind === 'diff') {
    return (
      <div class="edit" tabIndex={0} role="group" aria-label={line(block.name, 200) || 'The edit'}>
        {block.name && (
          <p class="label">
            <Plain text={block.name} />
          </p>
        )}
        <table class="patch unified">
          <colgroup>
            <col class="number" />
            <col class="number" />
            <col />
          </colgroup>
          <PatchTable lines={block.lines} view="unified" tokens={NO_TOKENS} />
        </table>
      </div>
    );
  }
  if (block.code) {
    return (
      <div>
        {block.name !== 'command' && block.name && (
          <p class="label">
            <Plain text={block.name} />
          </p>
        )}
        <pre class="code" tabIndex={0} aria-label={line(block.name, 200) || 'input'}>
          <Chunks text={block.text} />
        </pre>
      </div>
    );
  }
  return (
    <p class="named">
      <span class="label">
        <Plain text={block.name} />
      </span>{' '}
      <bdi>
        <Plain text={block.text} />
      </bdi>
    </p>
  );
}

const CHUNK = 8_000;

/** A long text in pieces, of which the browser lays out those in sight only. */
function Chunks({ text }: { text: string }) {
  if (text.length <= LONG + 1) {
    return <Plain text={text} />;
  }
  return (
    <>
      {chunks(text, CHUNK).map(({ text: piece, torn }, i) => (
        <div key={i} class="chunk">
          <Plain text={piece} />
          {torn && <span class="unseen">the line goes on</span>}
        </div>
      ))}
    </>
  );
}

/** Cut at line ends where there are some near enough; a line that is cut in two is torn. */
export function chunks(text: string, size: number): { text: string; torn: boolean }[] {
  const found: { text: string; torn: boolean }[] = [];
  let from = 0;
  while (from < text.length) {
    let end = Math.min(text.length, from + size);
    const newline = text.lastIndexOf('\n', end - 1);
    const atLine = end === text.length || newline > from;
    if (end < text.length && newline > from) {
      end = newline + 1;
    } else if (end < text.length && (text.charCodeAt(end) & 0xfc00) === 0xdc00) {
      end++;
    }
    found.push({ text: text.slice(from, end).replace(/\n$/, ''), torn: !atLine });
    from = end;
  }
  return found;
}
