import { useEffect, useRef } from 'preact/hooks';
import { line } from '../lib/text';

/** Several of some values, to be ticked in a list that opens. */
export function Menu({
  label,
  values,
  chosen,
  choose,
}: {
  label: string;
  /** Each value with how many have it. */
  values: ReadonlyMap<string, number>;
  chosen: readonly string[];
  choose: (values: string[]) => void;
}) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const shut = (event: Event) => {
      const element = menu.current;
      if (element?.open && !element.contains(event.target as Node)) {
        element.open = false;
      }
    };
    addEventListener('pointerdown', shut);
    addEventListener('focusin', shut);
    return () => {
      removeEventListener('pointerdown', shut);
      removeEventListener('focusin', shut);
    };
  }, []);
  if (values.size === 0 && chosen.length === 0) {
    return null;
  }
  // What the address asks for is offered too, though nothing has it now.
  const offered = [...new Set([...values.keys(), ...chosen])].sort();
  const tick = (value: string, on: boolean) =>
    choose(on ? [...chosen, value] : chosen.filter((each) => each !== value));
  return (
    <details
      class="menu"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && menu.current?.open) {
          event.stopPropagation();
          menu.current.open = false;
          menu.current.querySelector('summary')?.focus();
        }
      }}
    >
      <summary class={chosen.length > 0 ? 'chosen' : ''}>
        {label}
        {chosen.length === 1 && <bdi>: {line(chosen[0] ?? '', 24)}</bdi>}
        {chosen.length > 1 && `: ${chosen.length}`}
      </summary>
      <fieldset>
        <legend class="hidden">{label}</legend>
        {offered.map((value) => (
          <label key={value} class="option">
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) => tick(value, event.currentTarget.checked)}
            />
            <bdi>{line(value, 60)}</bdi>
            <span class="muted">{values.get(value) ?? 0}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
