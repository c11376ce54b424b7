import { NotDone } from './problem';
import type {
  AnswerRequest,
  Branches,
  Diff,
  DoctorReport,
  HostKey,
  HostLock,
  LogEntry,
  Outcome,
  Problem,
  RequestRow,
  SessionRow,
  StartChoices,
  StartRequest,
  Template,
  Templates,
  UsageBy,
  UsageReport,
} from './types';

/** Which of a session's work is asked for: bytes of patch at most, of these files alone. */
export interface DiffAsk {
  part: 'all' | 'committed' | 'uncommitted';
  limit?: number;
  paths?: string[];
}

/** The service, as one tab sees it. Every call throws {@link NotDone} with the service's words. */
export class Client {
  constructor(
    private readonly secret: () => string | null,
    private readonly signedOut: () => void,
  ) {}

  async ask<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const headers: Record<string, string> = { Authorization: `Bearer ${this.secret() ?? ''}` };
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    const answer = await fetch(`/api/v1/${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
    if (answer.status === 401) {
      this.signedOut();
    }
    if (!answer.ok) {
      throw new NotDone(await problem(answer));
    }
    return answer.status === 204 ? (undefined as T) : ((await answer.json()) as T);
  }

  start(request: StartRequest): Promise<SessionRow> {
    return this.ask('POST', 'sessions', request);
  }

  send(session: string, id: string, text: string): Promise<Outcome> {
    return this.ask('POST', `sessions/${session}/prompts`, { id, text, raw: false, now: false });
  }

  interrupt(session: string): Promise<Outcome> {
    return this.ask('POST', `sessions/${session}/interrupt`);
  }

  stop(session: string): Promise<Outcome> {
    return this.ask('POST', `sessions/${session}/stop`);
  }

  resume(session: string): Promise<Outcome> {
    return this.ask('POST', `sessions/${session}/resume`);
  }

  remove(session: string): Promise<Outcome> {
    return this.ask('DELETE', `sessions/${session}`);
  }

  /** @param request what to answer; the same answer id again is the same answer */
  answer(request: string, answer: AnswerRequest): Promise<Outcome> {
    return this.ask('POST', `requests/${request}/answer`, answer);
  }

  /** A request with its whole input, which the board may have cut. */
  request(id: string, signal: AbortSignal): Promise<RequestRow> {
    return this.ask('GET', `requests/${id}`, undefined, signal);
  }

  /** Ends what this tab's secret opens. */
  signOut(): Promise<Outcome> {
    return this.ask('DELETE', 'sign-in');
  }

  diff(session: string, { part, limit, paths = [] }: DiffAsk, signal?: AbortSignal): Promise<Diff> {
    const query = new URLSearchParams({ part });
    if (limit !== undefined) {
      query.set('limit', String(limit));
    }
    paths.forEach((path) => query.append('path', path));
    return this.ask('GET', `sessions/${session}/diff?${query}`, undefined, signal);
  }

  log(session: string, signal: AbortSignal): Promise<LogEntry[]> {
    return this.ask('GET', `sessions/${session}/log`, undefined, signal);
  }

  /** What a start can name, as hosts.yaml says. */
  choices(signal: AbortSignal): Promise<StartChoices> {
    return this.ask('GET', 'choices', undefined, signal);
  }

  /** Asks git on the host, now. */
  branches(host: string, repo: string, signal: AbortSignal): Promise<Branches> {
    const query = new URLSearchParams({ repo });
    return this.ask('GET', `${hostPath(host)}/branches?${query}`, undefined, signal);
  }

  templates(signal?: AbortSignal): Promise<Templates> {
    return this.ask('GET', 'templates', undefined, signal);
  }

  keepTemplate(template: Template): Promise<Outcome> {
    return this.ask('PUT', `templates/${encodeURIComponent(template.name)}`, template);
  }

  removeTemplate(name: string): Promise<Outcome> {
    return this.ask('DELETE', `templates/${encodeURIComponent(name)}`);
  }

  /** Asks a host for all that a session needs there; for at most 20 s. */
  doctor(host: string, signal: AbortSignal): Promise<DoctorReport> {
    return this.ask('GET', `${hostPath(host)}/doctor`, undefined, signal);
  }

  hostKey(host: string, signal: AbortSignal): Promise<HostKey> {
    return this.ask('GET', `${hostPath(host)}/key`, undefined, signal);
  }

  /** @param fingerprint the one that the person saw */
  trust(host: string, fingerprint: string): Promise<Outcome> {
    return this.ask('POST', `${hostPath(host)}/trust`, { fingerprint });
  }

  hostLock(host: string, signal: AbortSignal): Promise<HostLock> {
    return this.ask('GET', `${hostPath(host)}/lock`, undefined, signal);
  }

  unlock(host: string, kind: string | null, secret: string): Promise<Outcome> {
    return this.ask('POST', `${hostPath(host)}/unlock`, { kind, secret });
  }

  /** Drops the rows of a host that left hosts.yaml. */
  forget(host: string): Promise<Outcome> {
    return this.ask('DELETE', hostPath(host));
  }

  /** @param since a day, or a number of days: `30d` */
  usage(by: UsageBy, since: string, signal: AbortSignal): Promise<UsageReport> {
    return this.ask('GET', `usage?${new URLSearchParams({ by, since })}`, undefined, signal);
  }
}

function hostPath(host: string): string {
  return `hosts/${encodeURIComponent(host)}`;
}

async function problem(answer: Response): Promise<Problem> {
  try {
    return (await answer.json()) as Problem;
  } catch {
    return {
      title: answer.statusText,
      status: answer.status,
      detail: `The service answered ${answer.status} ${answer.statusText}.`,
      code: 'failed',
      fix: null,
      host: null,
      step: null,
      output: null,
      findings: [],
    };
  }
}
