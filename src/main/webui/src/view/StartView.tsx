import { useState } from 'preact/hooks';
import { sentence } from '../api/problem';
import { ulid } from '../api/ulid';
import { go, open } from '../lib/address';
import { client, live } from '../live/store';

/** One task to one or several hosts. */
export function StartView() {
  const hosts = [...live.value.hosts.values()];
  const [chosen, setChosen] = useState<string[]>([]);
  const [repo, setRepo] = useState('');
  const [name, setName] = useState('');
  const [agent, setAgent] = useState('');
  const [model, setModel] = useState('');
  const [branch, setBranch] = useState('');
  const [prompt, setPrompt] = useState('');
  const [busy, setBusy] = useState(false);
  const [failures, setFailures] = useState<string[]>([]);
  const repos = [
    ...new Set(hosts.filter((each) => chosen.includes(each.name)).flatMap((each) => each.repos)),
  ].sort();

  const start = async () => {
    setBusy(true);
    setFailures([]);
    const results = await Promise.allSettled(
      chosen.map((host) =>
        client.start({
          id: ulid(),
          host,
          repo,
          name: name || null,
          branch: branch || null,
          base: null,
          agent: agent || null,
          model: model || null,
          account: null,
          env: {},
          labels: {},
          args: [],
          worktree: true,
          prompt: prompt || null,
        }),
      ),
    );
    setBusy(false);
    const failed = results.flatMap((result, i) =>
      result.status === 'rejected' ? [`${chosen[i]}: ${sentence(result.reason)}`] : [],
    );
    setFailures(failed);
    results.forEach((result) => {
      if (result.status === 'fulfilled') {
        open(result.value.id);
      }
    });
    if (failed.length === 0) {
      go({ page: 'board' }, true);
    }
  };

  return (
    <section class="start" aria-label="Start a session">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <fieldset>
          <legend>Hosts</legend>
          <div class="picks">
            {hosts.map((host) => (
              <label key={host.name} class="option">
                <input
                  type="checkbox"
                  checked={chosen.includes(host.name)}
                  disabled={host.state !== 'online'}
                  onChange={(event) =>
                    setChosen(
                      event.currentTarget.checked
                        ? [...chosen, host.name]
                        : chosen.filter((each) => each !== host.name),
                    )
                  }
                />
                <bdi>{host.name}</bdi>
                {host.state !== 'online' && <span class="muted"> {host.state}</span>}
              </label>
            ))}
          </div>
        </fieldset>
        <label class="field">
          <span>Repo</span>
          <input
            list="repos"
            required
            value={repo}
            placeholder="a repo of the host, or a path on it"
            onInput={(event) => setRepo(event.currentTarget.value)}
          />
          <datalist id="repos">
            {repos.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        </label>
        <label class="field">
          <span>Task</span>
          <textarea
            rows={6}
            value={prompt}
            onInput={(event) => setPrompt(event.currentTarget.value)}
          />
        </label>
        <details>
          <summary>Name, branch, agent, model</summary>
          <Field label="Name" value={name} set={setName} hint="found by itself" />
          <Field label="Branch" value={branch} set={setBranch} hint="muster/NAME" />
          <Field label="Agent" value={agent} set={setAgent} hint="the host's own" />
          <Field label="Model" value={model} set={setModel} hint="the agent's own" />
        </details>
        <button type="submit" disabled={busy || chosen.length === 0 || !repo}>
          {busy ? 'Starting…' : chosen.length > 1 ? `Start on ${chosen.length} hosts` : 'Start'}
        </button>
        {failures.map((failure) => (
          <p key={failure} class="failure" role="alert">
            {failure}
          </p>
        ))}
      </form>
    </section>
  );
}

function Field({
  label,
  value,
  set,
  hint,
}: {
  label: string;
  value: string;
  set: (value: string) => void;
  hint: string;
}) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        value={value}
        placeholder={hint}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </label>
  );
}
