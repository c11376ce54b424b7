/** The service's answers, as `GET /q/openapi` describes them. Times are ISO 8601, UTC. */

export interface Board {
  asOf: string;
  totals: Totals;
  hosts: HostRow[];
  sessions: SessionRow[];
  requests: RequestRow[];
  accounts: AccountRow[];
  problems: BoardProblem[] | null;
}

/** Something to know of that is no host's: a quota or a context that runs out. */
export interface BoardProblem {
  what: string;
  about: string;
  detail: string;
  fix: string | null;
  until: string | null;
}

export interface Totals {
  sessions: number;
  needsYou: number;
}

export interface BoardChange extends Board {
  goneHosts: string[];
  goneSessions: string[];
  goneRequests: string[];
  goneAccounts: string[];
}

export interface HostProblem {
  what: string;
  detail: string;
  fix: string | null;
}

export interface HostRow {
  name: string;
  state: string;
  detail: string | null;
  since: string;
  asOf: string | null;
  latencyMs: number | null;
  target: string;
  sessions: number;
  problems: HostProblem[];
  labels: Record<string, string>;
  repos: string[];
  versions: Record<string, string>;
}

export interface Changes {
  files: number;
  added: number;
  removed: number;
  commits: number;
}

export interface Usage {
  costUsd: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  contextUsedPercent: number | null;
}

export interface SessionRow {
  id: string;
  name: string;
  host: string;
  repo: string;
  branch: string | null;
  base: string | null;
  worktree: string | null;
  agent: string;
  model: string | null;
  lifecycle: 'queued' | 'preparing' | 'running' | 'ended';
  state: string;
  detail: string | null;
  since: string;
  asOf: string;
  createdAt: string;
  stale: boolean;
  estimated: boolean;
  managed: boolean;
  owner: string;
  changes: Changes | null;
  usage: Usage | null;
  labels: Record<string, string>;
  account: string | null;
  exitCode: number | null;
  signal: string | null;
  prompt: string | null;
  until: string | null;
}

export interface RequestRow {
  id: string;
  session: string;
  name: string;
  host: string;
  kind: 'approval' | 'question';
  tool: string;
  summary: string;
  input: unknown;
  cut: boolean;
  always: boolean;
  by: string | null;
  askedAt: string;
}

export interface Window {
  usedPercent: number | null;
  resetsAt: string | null;
}

export interface AccountRow {
  name: string;
  fiveHour: Window | null;
  sevenDay: Window | null;
  asOf: string | null;
}

export interface LogEntry {
  seq: number;
  at: string;
  kind: string;
  step: string | null;
  text: string;
  output: string | null;
}

export interface FileChange {
  path: string;
  /** Where it was; the same where it was not moved. */
  oldPath: string;
  status: string;
  added: number;
  removed: number;
  committed: boolean;
}

export interface Diff {
  base: string;
  files: FileChange[];
  patch: string;
  truncated: boolean;
}

export interface Problem {
  title: string;
  status: number;
  detail: string;
  code: string;
  fix: string | null;
  host: string | null;
  step: string | null;
  output: string | null;
  findings: string[];
}

export interface AnswerRequest {
  id: string;
  decision: 'allow' | 'deny' | 'choose';
  always: boolean;
  reason: string | null;
  interrupt: boolean;
  choices: string[] | null;
  other: boolean;
}

export interface Outcome {
  text: string;
  notes: string[];
}

export interface StartRequest {
  id: string;
  host: string;
  repo: string;
  name: string | null;
  branch: string | null;
  base: string | null;
  agent: string | null;
  model: string | null;
  account: string | null;
  env: Record<string, string>;
  labels: Record<string, string>;
  args: string[];
  worktree: boolean;
  prompt: string | null;
}
