import { useEffect, useState } from 'preact/hooks';
import { sentence } from '../api/problem';
import type { Templates } from '../api/types';
import { from, template, type StartForm } from '../lib/start';
import { line } from '../lib/text';
import { client, live } from '../live/store';
import { Dialog } from './Dialog';
import { Field } from './Field';

/** Fills the form in from a template, and keeps what is in it as one. */
export function TemplateBar({ form, use }: { form: StartForm; use: (form: StartForm) => void }) {
  const [all, setAll] = useState<Templates | null>(null);
  const [chosen, setChosen] = useState('');
  const [keeping, setKeeping] = useState(false);
  const [said, setSaid] = useState('');
  const load = (signal?: AbortSignal) =>
    client.templates(signal).then(setAll, (why: unknown) => {
      if (!signal?.aborted) {
        setSaid(sentence(why));
      }
    });
  useEffect(() => {
    const abort = new AbortController();
    void load(abort.signal);
    return () => abort.abort();
  }, []);
  const pick = (name: string) => {
    setChosen(name);
    setSaid('');
    const found = all?.templates.find((each) => each.name === name);
    if (found) {
      const known = [...live.value.hosts.keys()];
      const next = from(found, known);
      // A template that names no hosts leaves those that are ticked.
      use(found.hosts.length > 0 ? next : { ...next, hosts: form.hosts });
    }
  };
  const keep = async (name: string) => {
    await client.keepTemplate(template(name, form));
    await load();
    setChosen(name);
    setSaid(`Kept as ${name}.yaml`);
  };
  const remove = async () => {
    try {
      await client.removeTemplate(chosen);
      setSaid(`${chosen} is removed`);
      setChosen('');
      await load();
    } catch (failure) {
      setSaid(sentence(failure));
    }
  };
  return (
    <div class="templates">
      <label class="choice">
        <span>Template</span>
        <select aria-label="Template" value={chosen} onChange={(event) => pick(event.currentTarget.value)}>
          <option value="">none</option>
          {all?.templates.map((each) => (
            <option key={each.name} value={each.name}>
              {line(each.name, 64)}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="quiet" onClick={() => setKeeping(true)}>
        Keep as template…
      </button>
      {chosen && (
        <button type="button" class="quiet" onClick={() => void remove()}>
          Remove {line(chosen, 30)}
        </button>
      )}
      <span role="status" class="muted">
        {line(said, 300)}
      </span>
      {all && all.problems.length > 0 && (
        <ul class="failure">
          {all.problems.map((problem) => (
            <li key={problem.file}>
              <bdi>{line(problem.file, 80)}</bdi>: {line(problem.detail, 300)}
            </li>
          ))}
        </ul>
      )}
      {keeping && (
        <KeepDialog
          name={chosen}
          folder={all?.folder ?? ''}
          keep={keep}
          close={() => setKeeping(false)}
        />
      )}
    </div>
  );
}

function KeepDialog({
  name,
  folder,
  keep,
  close,
}: {
  name: string;
  folder: string;
  keep: (name: string) => Promise<void>;
  close: () => void;
}) {
  const [text, setText] = useState(name);
  const [failure, setFailure] = useState('');
  return (
    <Dialog title="Keep as template" close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          keep(text.trim()).then(close, (why: unknown) => setFailure(sentence(why)));
        }}
      >
        <Field
          label="Name"
          error={failure || undefined}
          hint={`A file of this name in ${line(folder, 200)}; one that is there is replaced. Words in the task like {{ticket}} are asked for at each start.`}
        >
          {(attributes) => (
            <input
              {...attributes}
              autofocus
              required
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
          )}
        </Field>
        <div class="actions">
          <button type="button" class="quiet" onClick={close}>
            Cancel
          </button>
          <button type="submit" disabled={!text.trim()}>
            Keep
          </button>
        </div>
      </form>
    </Dialog>
  );
}
