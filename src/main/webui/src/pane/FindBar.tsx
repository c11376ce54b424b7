import type { SearchAddon } from '@xterm/addon-search';
import { useEffect, useState } from 'preact/hooks';

const MARKS = {
  decorations: {
    matchBackground: '#ffe08a',
    matchOverviewRuler: '#b54708',
    activeMatchBackground: '#ff9f43',
    activeMatchColorOverviewRuler: '#b42318',
  },
};

/** Finds text in a terminal and what has scrolled away from it. */
export function FindBar({
  search,
  close,
}: {
  search: SearchAddon | null;
  /** Back to the terminal. */
  close: () => void;
}) {
  const [wanted, setWanted] = useState('');
  const [found, setFound] = useState<{ resultIndex: number; resultCount: number } | null>(null);
  useEffect(() => {
    const heard = search?.onDidChangeResults(setFound);
    return () => heard?.dispose();
  }, [search]);
  const next = () => wanted && search?.findNext(wanted, MARKS);
  const previous = () => wanted && search?.findPrevious(wanted, MARKS);
  return (
    <div class="find">
      <input
        type="search"
        aria-label="Find in this terminal"
        placeholder="Find"
        title="Ctrl-Shift-F"
        value={wanted}
        onInput={(event) => {
          setWanted(event.currentTarget.value);
          if (event.currentTarget.value) {
            search?.findNext(event.currentTarget.value, { ...MARKS, incremental: true });
          } else {
            search?.clearDecorations();
            setFound(null);
          }
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            void (event.shiftKey ? previous() : next());
          } else if (event.key === 'Escape') {
            event.preventDefault();
            search?.clearDecorations();
            close();
          }
        }}
      />
      {wanted && (
        <>
          <span class="muted" role="status">
            {!found || found.resultCount === 0
              ? 'none'
              : `${found.resultIndex + 1}/${found.resultCount}`}
          </span>
          <button type="button" class="quiet" aria-label="Previous match" onClick={previous}>
            ↑
          </button>
          <button type="button" class="quiet" aria-label="Next match" onClick={next}>
            ↓
          </button>
        </>
      )}
    </div>
  );
}
