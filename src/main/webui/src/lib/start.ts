import type { StartChoices, StartRequest, Template } from '../api/types';

/** One of the tasks of the form. */
export interface Task {
  prompt: string;
  name: string;
}

/** The form as it is filled in. */
export interface StartForm {
  hosts: string[];
  repo: string;
  base: string;
  branch: string;
  agent: string;
  model: string;
  account: string;
  headless: boolean;
  tasks: Task[];
  /** What stands for each `{{word}}` of the prompts. */
  words: Record<string, string>;
}

export const EMPTY: StartForm = {
  hosts: [],
  repo: '',
  base: '',
  branch: '',
  agent: '',
  model: '',
  account: '',
  headless: false,
  tasks: [{ prompt: '', name: '' }],
  words: {},
};

/** The fields that an error can belong to. */
export type Field = 'hosts' | 'repo' | 'base' | 'branch' | 'agent' | 'model' | 'account' | `task-${number}` | `name-${number}` | `word-${string}`;

export type Errors = Partial<Record<Field, string>>;

/** What a part of the form is given. */
export interface FormPart {
  form: StartForm;
  errors: Errors;
  change: (part: Partial<StartForm>) => void;
  /** Null until the service has told. */
  choices: StartChoices | null;
}

const HOLE = /\{\{\s*([A-Za-z][\w -]{0,30}?)\s*\}\}/g;

/** The words in double braces that the prompts ask for, each once. */
export function holes(tasks: readonly Task[]): string[] {
  return [...new Set(tasks.flatMap((task) => [...task.prompt.matchAll(HOLE)].map((m) => m[1] ?? '')))];
}

export function filled(prompt: string, words: Record<string, string>): string {
  return prompt.replace(HOLE, (whole, word: string) => words[word] || whole);
}

/** What is missing, before anything is asked of anybody. */
export function missing(form: StartForm): Errors {
  const errors: Errors = {};
  if (form.hosts.length === 0) {
    errors.hosts = 'Choose at least one host.';
  }
  if (!form.repo.trim()) {
    errors.repo = 'Name a repo of the host, or a path on it.';
  }
  if (form.tasks.length > 1) {
    if (form.branch.trim()) {
      errors.branch = 'Several tasks cannot share one branch: leave it empty, and each gets its own.';
    }
    form.tasks.forEach((task, i) => {
      if (!task.prompt.trim()) {
        errors[`task-${i}`] = 'Say what is to be done, or remove this task.';
      }
      const name = task.name.trim();
      if (name && form.tasks.some((other, j) => j < i && other.name.trim() === name)) {
        errors[`name-${i}`] = 'Another task has this name.';
      }
    });
  }
  for (const word of holes(form.tasks)) {
    if (!form.words[word]) {
      errors[`word-${word}`] = 'The prompt asks for this.';
    }
  }
  return errors;
}

/** A start for each task on each host. */
export function requests(form: StartForm, newId: () => string): StartRequest[] {
  const orNull = (text: string) => text.trim() || null;
  return form.tasks.flatMap((task) =>
    form.hosts.map((host) => ({
      id: newId(),
      host,
      repo: form.repo.trim(),
      name: orNull(task.name),
      branch: orNull(form.branch),
      base: orNull(form.base),
      agent: orNull(form.agent),
      model: orNull(form.model),
      account: orNull(form.account),
      env: {},
      labels: {},
      args: [],
      worktree: true,
      prompt: filled(task.prompt, form.words) || null,
      headless: form.headless ? 'once' : null,
    })),
  );
}

/** Which field of the form a field of a request is. */
export function fieldOf(name: string | null, task: number): Field | null {
  switch (name) {
    case 'host':
      return 'hosts';
    case 'repo':
    case 'base':
    case 'branch':
    case 'agent':
    case 'model':
    case 'account':
      return name;
    case 'name':
      return `name-${task}`;
    case 'prompt':
      return `task-${task}`;
    default:
      return null;
  }
}

/** The form as a template fills it in; hosts that are not there now are left out. */
export function from(template: Template, known: readonly string[]): StartForm {
  return {
    ...EMPTY,
    hosts: template.hosts.filter((host) => known.includes(host)),
    repo: template.repo ?? '',
    base: template.base ?? '',
    branch: template.branch ?? '',
    agent: template.agent ?? '',
    model: template.model ?? '',
    account: template.account ?? '',
    headless: template.headless !== null,
    tasks: [{ prompt: template.prompt ?? '', name: '' }],
  };
}

/** The template that fills the form in like this; of several tasks it keeps the first. */
export function template(name: string, form: StartForm): Template {
  const orNull = (text: string) => text.trim() || null;
  return {
    name,
    hosts: form.hosts,
    repo: orNull(form.repo),
    base: orNull(form.base),
    branch: orNull(form.branch),
    agent: orNull(form.agent),
    model: orNull(form.model),
    account: orNull(form.account),
    headless: form.headless ? 'once' : null,
    prompt: form.tasks[0]?.prompt || null,
  };
}

/** What the chosen hosts offer: what all of them have comes first. */
export function offered(choices: StartChoices | null, hosts: readonly string[]) {
  const chosen = (choices?.hosts ?? []).filter(
    (host) => hosts.length === 0 || hosts.includes(host.name),
  );
  const byCommon = (names: string[][]) => {
    const counts = new Map<string, number>();
    names.flat().forEach((name) => counts.set(name, (counts.get(name) ?? 0) + 1));
    return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
  };
  return {
    hosts: chosen,
    repos: byCommon(chosen.map((host) => host.repos.map((repo) => repo.name))),
    agents: byCommon(chosen.map((host) => host.agents.map((agent) => agent.name))),
  };
}
