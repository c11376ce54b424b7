import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

/** A field with its name above and what is wrong with it below. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  label: string;
  hint?: ComponentChildren;
  error?: string | undefined;
  children: (attributes: {
    id: string;
    'aria-invalid': boolean;
    'aria-describedby': string | undefined;
  }) => JSX.Element;
}) {
  const id = useId();
  const said = error ?? hint;
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={id}>{label}</label>
      {children({
        id,
        'aria-invalid': error !== undefined,
        'aria-describedby': said ? `${id}-said` : undefined,
      })}
      {said && (
        <small id={`${id}-said`} class={error ? 'failure' : ''} role={error ? 'alert' : undefined}>
          {said}
        </small>
      )}
    </div>
  );
}
