import { holes, type FormPart, type Task } from '../lib/start';
import { Field } from './Field';

/** What is to be done: one task or several, and what the template's words stand for. */
export function Tasks({ form, errors, change }: Omit<FormPart, 'choices'>) {
  const { tasks, words } = form;
  const several = tasks.length > 1;
  const set = (index: number, part: Partial<Task>) =>
    change({ tasks: tasks.map((task, i) => (i === index ? { ...task, ...part } : task)) });
  return (
    <fieldset class="tasks">
      <legend>{several ? `${tasks.length} tasks` : 'Task'}</legend>
      {tasks.map((task, i) => (
        <div class="task" key={i}>
          <Field
            label={several ? `Task ${i + 1}` : 'What is to be done'}
            error={errors[`task-${i}`]}
            hint={i === 0 && !several ? 'Ctrl-Enter starts it. Empty: the agent waits for you.' : undefined}
          >
            {(attributes) => (
              <textarea
                {...attributes}
                rows={several ? 4 : 6}
                value={task.prompt}
                onInput={(event) => set(i, { prompt: event.currentTarget.value })}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
                    event.preventDefault();
                    event.currentTarget.form?.requestSubmit();
                  }
                }}
              />
            )}
          </Field>
          <div class="beside">
            <Field
              label={several ? `Name ${i + 1}` : 'Name'}
              error={errors[`name-${i}`]}
            >
              {(attributes) => (
                <input
                  {...attributes}
                  value={task.name}
                  placeholder="made from the task"
                  autocomplete="off"
                  spellcheck={false}
                  onInput={(event) => set(i, { name: event.currentTarget.value })}
                />
              )}
            </Field>
            {several && (
              <button
                type="button"
                class="quiet"
                aria-label={`Remove task ${i + 1}`}
                onClick={() => change({ tasks: tasks.filter((_, j) => j !== i) })}
              >
                Remove
              </button>
            )}
          </div>
        </div>
      ))}
      {holes(tasks).map((word) => (
        <Field key={word} label={word} error={errors[`word-${word}`]}>
          {(attributes) => (
            <input
              {...attributes}
              value={words[word] ?? ''}
              onInput={(event) => change({ words: { ...words, [word]: event.currentTarget.value } })}
            />
          )}
        </Field>
      ))}
      <button
        type="button"
        class="quiet"
        onClick={() => change({ tasks: [...tasks, { prompt: '', name: '' }] })}
      >
        Add a task
      </button>
    </fieldset>
  );
}
