import { useEffect, useState } from 'preact/hooks';
import type { StartChoices } from '../api/types';
import { ulid } from '../api/ulid';
import { address } from '../lib/address';
import { EMPTY, missing, requests, type Errors, type Field, type StartForm } from '../lib/start';
import { client, live } from '../live/store';
import { HostPicker } from './HostPicker';
import { StartFields } from './StartFields';
import { StartRuns, type Run } from './StartRuns';
import { Tasks } from './Tasks';
import { TemplateBar } from './TemplateBar';
import './start.css';

/** One task to one or several hosts, or several tasks. */
export function StartView() {
  const choices = useChoices();
  const [form, setForm] = useState<StartForm>(() => ({
    ...EMPTY,
    // Coming from the board of one host, that is meant.
    hosts: address.value.filter.hosts.filter((name) => live.value.hosts.has(name)),
  }));
  const [errors, setErrors] = useState<Errors>({});
  const [runs, setRuns] = useState<Run[]>([]);
  const change = (part: Partial<StartForm>) => {
    setForm((before) => ({ ...before, ...part }));
    const touched = new Set(Object.keys(part));
    setErrors((before) =>
      Object.fromEntries(
        Object.entries(before).filter(
          ([field]) =>
            !touched.has(field) &&
            !(touched.has('tasks') && /^(task|name)-/.test(field)) &&
            !(touched.has('words') && field.startsWith('word-')),
        ),
      ),
    );
  };
  const start = () => {
    const found = missing(form);
    setErrors(found);
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>('.start [aria-invalid=true]')?.focus(),
      );
      return;
    }
    const asked = requests(form, ulid);
    setRuns(
      asked.map((request, i) => ({ request, task: Math.floor(i / form.hosts.length) })),
    );
  };
  const blame = (field: Field, sentence: string) =>
    setErrors((before) => ({ ...before, [field]: sentence }));
  const number = form.hosts.length * form.tasks.length;
  return (
    <section class="start" aria-label="Start a session">
      <TemplateBar form={form} use={change} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <Tasks form={form} errors={errors} change={change} />
        <HostPicker form={form} errors={errors} change={change} choices={choices} />
        <StartFields form={form} errors={errors} change={change} choices={choices} />
        <div class="submit">
          <button type="submit">{number > 1 ? `Start ${number} sessions` : 'Start'}</button>
          {number > 1 && (
            <span class="muted">
              {form.tasks.length} {form.tasks.length === 1 ? 'task' : 'tasks'} on{' '}
              {form.hosts.length} {form.hosts.length === 1 ? 'host' : 'hosts'}
            </span>
          )}
        </div>
      </form>
      {runs.length > 0 && (
        <StartRuns key={runs[0]?.request.id} runs={runs} blame={blame} />
      )}
    </section>
  );
}

function useChoices(): StartChoices | null {
  const [choices, setChoices] = useState<StartChoices | null>(null);
  // A host that comes or goes may have been edited in the file.
  const hosts = [...live.value.hosts.keys()].join('\n');
  useEffect(() => {
    const abort = new AbortController();
    client.choices(abort.signal).then(setChoices, () => undefined);
    return () => abort.abort();
  }, [hosts]);
  return choices;
}
