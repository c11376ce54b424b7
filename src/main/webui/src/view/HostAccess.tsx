import { useEffect, useState } from 'preact/hooks';
import { sentence } from '../api/problem';
import type { HostKey, HostLock, HostRow, Outcome } from '../api/types';
import { line } from '../lib/text';
import { client } from '../live/store';
import { Dialog } from './Dialog';

/** Shows the key that a host offers, and takes it once a person has compared it. */
export function TrustHost({ row }: { row: HostRow }) {
  const [asking, setAsking] = useState(false);
  const changed = row.state === 'host-key-changed';
  return (
    <>
      <button type="button" class={changed ? 'danger' : ''} onClick={() => setAsking(true)}>
        {changed ? 'The key has changed…' : 'Compare its key…'}
      </button>
      {asking && <TrustDialog row={row} close={() => setAsking(false)} />}
    </>
  );
}

function TrustDialog({ row, close }: { row: HostRow; close: () => void }) {
  const key = useAsked<HostKey>((abort) => client.hostKey(row.name, abort));
  const [typed, setTyped] = useState('');
  const { busy, said, act } = useAction(close);
  const danger = key.answer?.state === 'changed';
  // A revoked one is known for that alone.
  const revoked = danger && key.answer?.expected.length === 0;
  const fingerprint = key.answer?.fingerprints[0];
  const title = danger ? `The key of ${row.name} has changed` : `The key of ${row.name}`;
  return (
    <Dialog title={title} danger={danger} close={close}>
      {key.failure && <p class="failure">{line(key.failure, 400)}</p>}
      {key.answer?.state === 'known' && <p>It offers no key that waits for you any more.</p>}
      {fingerprint && key.answer && (
        <>
          {revoked ? (
            <p role="alert" class="warning">
              This key is revoked, and never trusted: whoever holds it may not be the host. Ask its
              administrator for the new one.
            </p>
          ) : danger ? (
            <p role="alert" class="warning">
              Somebody may stand between this machine and the host and read and change everything.
              Or it was set up anew. Only its administrator can say which: ask before you go on.
            </p>
          ) : (
            <p>Compare this with what its administrator says, or with its console:</p>
          )}
          <dl class="keys">
            <dt>
              {danger ? 'It offers now, at ' : 'At '}
              <bdi>{line(key.answer.address, 100)}</bdi>
            </dt>
            {key.answer.fingerprints.map((each) => (
              <dd key={each}>
                <code>{line(each, 200)}</code>
              </dd>
            ))}
            {danger && !revoked && <dt>Known is</dt>}
            {key.answer.expected.map((each) => (
              <dd key={each}>
                <code>{line(each, 200)}</code>
              </dd>
            ))}
          </dl>
          {key.answer.source && <p class="muted">{line(key.answer.source, 200)}</p>}
          <p class="muted">
            On the host: <code>ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub</code>
          </p>
          {danger && !revoked && (
            <label class="field">
              <span>Type the host's name to trust the new key</span>
              <input
                value={typed}
                autocomplete="off"
                onInput={(event) => setTyped(event.currentTarget.value)}
              />
            </label>
          )}
        </>
      )}
      <Said said={said} />
      <div class="actions">
        <button type="button" class="quiet" onClick={close}>
          Cancel
        </button>
        {fingerprint && !revoked && (
          <button
            type="button"
            class={danger ? 'danger' : ''}
            disabled={busy || (danger && typed !== row.name)}
            onClick={() => act(() => client.trust(row.name, fingerprint))}
          >
            {danger ? 'Trust the new key' : 'It is the same: trust it'}
          </button>
        )}
      </div>
    </Dialog>
  );
}

/** Asks for the passphrase or password that a host waits for. */
export function UnlockHost({ row }: { row: HostRow }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setAsking(true)}>
        Unlock…
      </button>
      {asking && <UnlockDialog row={row} close={() => setAsking(false)} />}
    </>
  );
}

function UnlockDialog({ row, close }: { row: HostRow; close: () => void }) {
  const lock = useAsked<HostLock>((abort) => client.hostLock(row.name, abort));
  const [secret, setSecret] = useState('');
  const { busy, said, act } = useAction(close);
  const kind = lock.answer?.kind ?? row.secret;
  return (
    <Dialog title={`Unlock ${row.name}`} close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void act(() => client.unlock(row.name, kind, secret));
          setSecret('');
        }}
      >
        {lock.answer?.detail && <p>{line(lock.answer.detail)}</p>}
        {lock.failure && <p class="failure">{line(lock.failure, 400)}</p>}
        <label class="field">
          <span>{kind === 'password' ? 'Password' : 'Passphrase'}</span>
          <input
            type="password"
            autocomplete="off"
            autofocus
            value={secret}
            onInput={(event) => setSecret(event.currentTarget.value)}
          />
        </label>
        <p class="muted">The service keeps it in memory only, until it ends.</p>
        <Said said={said} />
        <div class="actions">
          <button type="button" class="quiet" onClick={close}>
            Cancel
          </button>
          <button type="submit" disabled={busy || !secret}>
            Unlock
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Drops the rows of a host that left hosts.yaml. */
export function ForgetHost({ row }: { row: HostRow }) {
  const [asking, setAsking] = useState(false);
  const { busy, said, act } = useAction(() => setAsking(false));
  return (
    <>
      <button type="button" class="danger" onClick={() => setAsking(true)}>
        Forget…
      </button>
      {asking && (
        <Dialog title={`Forget ${row.name}?`} danger close={() => setAsking(false)}>
          <p>Its rows, its history and its usage go. Nothing on the host is touched.</p>
          <Said said={said} />
          <div class="actions">
            <button type="button" class="quiet" onClick={() => setAsking(false)}>
              Cancel
            </button>
            <button
              type="button"
              class="danger"
              disabled={busy}
              onClick={() => act(() => client.forget(row.name))}
            >
              Forget {row.name}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function Said({ said }: { said: string }) {
  return said ? (
    <p class="failure" role="alert">
      {line(said, 400)}
    </p>
  ) : null;
}

/** What the service answers to a question that is asked once. */
function useAsked<T>(ask: (abort: AbortSignal) => Promise<T>): { answer: T | null; failure: string } {
  const [answer, setAnswer] = useState<T | null>(null);
  const [failure, setFailure] = useState('');
  useEffect(() => {
    const abort = new AbortController();
    ask(abort.signal).then(setAnswer, (why: unknown) => {
      if (!abort.signal.aborted) {
        setFailure(sentence(why));
      }
    });
    return () => abort.abort();
    // Asked once: each dialog is one question.
  }, []);
  return { answer, failure };
}

/** An action that closes the dialog when it was done, and says in it why it was not. */
function useAction(done: () => void) {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const act = async (action: () => Promise<Outcome>) => {
    setBusy(true);
    setSaid('');
    try {
      await action();
      done();
    } catch (failure) {
      setSaid(sentence(failure));
    }
    setBusy(false);
  };
  return { busy, said, act };
}
