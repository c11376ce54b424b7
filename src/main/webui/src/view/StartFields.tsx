import { useEffect, useId, useState } from 'preact/hooks';
import { blamed, sentence } from '../api/problem';
import type { Branches } from '../api/types';
import { offered, type FormPart, type StartForm } from '../lib/start';
import { line, safe } from '../lib/text';
import { age } from '../lib/time';
import { client, live, now } from '../live/store';
import { Field } from './Field';

/** Names that Claude Code takes for its newest models, besides what hosts.yaml and the board know. */
const ALIASES: Record<string, string[]> = { claude: ['opus', 'sonnet', 'haiku'] };

/** Of what repo, from which branch, by which agent. */
export function StartFields({ form, errors, change, choices }: FormPart) {
  const list = useId();
  const there = offered(choices, form.hosts);
  const branches = useBranches(form);
  const agentNames = new Set(there.hosts.map((host) => form.agent || host.agent));
  const specs = there.hosts.flatMap((host) =>
    host.agents.filter((agent) => agent.name === (form.agent || host.agent)),
  );
  const models = [
    ...new Set([
      ...specs.flatMap((spec) => spec.model ?? []),
      // A host said these, and a suggestion can't be shown in another form than it has.
      ...[...live.value.sessions.values()].flatMap((row) =>
        agentNames.has(row.agent) && row.model && safe(row.model) === row.model ? [row.model] : [],
      ),
      ...specs.flatMap((spec) => ALIASES[spec.type] ?? []),
    ]),
  ];
  const own = [...new Set(specs.flatMap((spec) => spec.model ?? []))].join(', ');
  const silent = specs.length > 0 && specs.every((spec) => spec.type === 'claude');
  const text = (field: 'repo' | 'base' | 'branch' | 'model') => ({
    value: form[field],
    autocomplete: 'off',
    spellcheck: false,
    onInput: (event: { currentTarget: HTMLInputElement }) =>
      change({ [field]: event.currentTarget.value }),
  });
  return (
    <fieldset class="how">
      <legend>Repo and agent</legend>
      <Field label="Repo" error={errors.repo ?? branches.repoFailure}>
        {(attributes) => (
          <input {...attributes} {...text('repo')} list={`${list}r`} placeholder="a repo of the host, or a path on it" />
        )}
      </Field>
      <datalist id={`${list}r`}>
        {there.repos.map((repo) => (
          <option key={repo} value={repo} />
        ))}
      </datalist>
      <Field label="From branch" error={errors.base} hint={branches.hint}>
        {(attributes) => (
          <input
            {...attributes}
            {...text('base')}
            list={`${list}b`}
            placeholder={branches.found?.base ? line(branches.found.base, 60) : "the repo's own"}
          />
        )}
      </Field>
      <datalist id={`${list}b`}>
        {branches.found?.branches
          .filter((branch) => safe(branch.name) === branch.name)
          .map((branch) => (
            <option
              key={branch.name}
              value={branch.name}
              label={`${branch.name}, ${age(branch.committedAt, now.value)} ago`}
            />
          ))}
      </datalist>
      <Field label="New branch" error={errors.branch}>
        {(attributes) => <input {...attributes} {...text('branch')} placeholder="muster/NAME" />}
      </Field>
      <Field label="Agent" error={errors.agent}>
        {(attributes) => (
          <select
            {...attributes}
            value={form.agent}
            onChange={(event) => change({ agent: event.currentTarget.value })}
          >
            <option value="">
              {there.hosts.length > 0
                ? `the host's own: ${[...new Set(there.hosts.map((host) => host.agent))].join(', ')}`
                : "the host's own"}
            </option>
            {[...new Set([...there.agents, ...(form.agent ? [form.agent] : [])])].map((agent) => (
              <option key={agent} value={agent}>
                {agent}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Model" error={errors.model}>
        {(attributes) => (
          <input {...attributes} {...text('model')} list={`${list}m`} placeholder={own || "the agent's own"} />
        )}
      </Field>
      <datalist id={`${list}m`}>
        {models.map((model) => (
          <option key={model} value={model} />
        ))}
      </datalist>
      {(choices?.accounts.length ?? 0) > 0 && (
        <Field label="Account" error={errors.account}>
          {(attributes) => (
            <select
              {...attributes}
              value={form.account}
              onChange={(event) => change({ account: event.currentTarget.value })}
            >
              <option value="">the agent's own</option>
              {choices?.accounts.map((account) => (
                <option key={account} value={account}>
                  {account}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {(silent || form.headless) && (
        <label class="option">
          <input
            type="checkbox"
            checked={form.headless}
            onChange={(event) => change({ headless: event.currentTarget.checked })}
          />
          Without a screen: ends when its task is done
        </label>
      )}
    </fieldset>
  );
}

/** The branches of the repo on the first chosen host, as git there says; asked when both are known. */
function useBranches({ hosts, repo }: StartForm) {
  const host = hosts[0] ?? '';
  const named = repo.trim();
  const [found, setFound] = useState<Branches | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    setFound(null);
    setFailure(null);
    setAsking(false);
    if (!host || !named) {
      return;
    }
    const abort = new AbortController();
    // While a person types, nobody is asked.
    const timer = setTimeout(() => {
      setAsking(true);
      client
        .branches(host, named, abort.signal)
        .then(setFound, (why: unknown) => {
          if (!abort.signal.aborted) {
            setFailure(why);
          }
        })
        .finally(() => setAsking(false));
    }, 400);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [host, named]);
  const said = failure === null ? undefined : line(sentence(failure), 300);
  const ofRepo = blamed(failure) === 'repo';
  const hint = asking
    ? `asking git on ${line(host, 64)}…`
    : said && !ofRepo
      ? said
      : found
        ? `${found.branches.length}${found.truncated ? ' of many' : ''} branches on ${line(host, 64)}`
        : undefined;
  return { found, hint, repoFailure: ofRepo ? said : undefined };
}
