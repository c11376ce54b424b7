/** Tabs as the ARIA practices have them: one of them is reached by Tab, the others by arrows. */
export function Tabs<T extends string>({
  id,
  label,
  tabs,
  chosen,
  choose,
}: {
  /** The tabs are `ID-tab-VALUE`, what they show is `ID-panel`. */
  id: string;
  label: string;
  tabs: readonly [T, string][];
  chosen: T;
  choose: (value: T) => void;
}) {
  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex(([value]) => value === chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    const next = to === undefined ? undefined : tabs.at(to % tabs.length)?.[0];
    if (next !== undefined) {
      event.preventDefault();
      choose(next);
      document.getElementById(`${id}-tab-${next}`)?.focus();
    }
  };
  return (
    <div class="kinds" role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(([value, name]) => (
        <button
          key={value}
          type="button"
          role="tab"
          id={`${id}-tab-${value}`}
          class="tab"
          tabIndex={value === chosen ? 0 : -1}
          aria-selected={value === chosen}
          aria-controls={`${id}-panel`}
          onClick={() => choose(value)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
