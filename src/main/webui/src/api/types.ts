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
  percent: number;
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
  /** That would let Muster in. */
  secret: 'passphrase' | 'password' | null;
  since: string;
  asOf: string | null;
  latencyMs: number | null;
  target: string;
  sessions: number;
  problems: HostProblem[];
  labels: Record<string, string>;
  repos: string[];
  versions: Record<string, string>;
  disk: { sizeKib: number; freeKib: number } | null;
  load: { average: number; cpus: number | null } | null;
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
  kind: 'approval' | 'question' | 'screen';
  tool: string;
  summary: string;
  input: unknown;
  cut: boolean;
  always: boolean;
  /** What a yes for always permits from then on. */
  permits: string[];
  by: string | null;
  byHand: string | null;
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
  problem?: Problem | null;
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
  field?: string | null;
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
  headless: 'once' | 'keep' | null;
}

export interface StartChoices {
  hosts: HostChoice[];
  accounts: string[];
}

export interface HostChoice {
  name: string;
  agent: string;
  agents: { name: string; type: string; model: string | null }[];
  repos: { name: string; path: string; base: string | null }[];
}

export interface Branches {
  host: string;
  repo: string;
  base: string | null;
  branches: { name: string; remote: boolean; committedAt: string }[];
  truncated: boolean;
}

export interface Template {
  name: string;
  hosts: string[];
  repo: string | null;
  base: string | null;
  branch: string | null;
  agent: string | null;
  model: string | null;
  account: string | null;
  headless: string | null;
  prompt: string | null;
}

export interface Templates {
  folder: string;
  templates: Template[];
  problems: { file: string; detail: string }[];
}

export interface DoctorReport {
  host: string;
  asOf: string;
  checks: DoctorCheck[];
}

export interface DoctorCheck {
  what: string;
  state: 'ok' | 'warning' | 'missing' | 'unknown';
  detail: string;
  fix: string | null;
}

export interface HostKey {
  name: string;
  address: string;
  state: 'known' | 'unknown' | 'changed';
  fingerprints: string[];
  expected: string[];
  source: string | null;
}

export interface HostLock {
  name: string;
  state: string;
  kind: 'passphrase' | 'password' | null;
  detail: string | null;
}

export type UsageBy = 'day' | 'host' | 'repo' | 'account' | 'model';

export interface UsageReport {
  since: string;
  by: UsageBy;
  rows: UsageRow[];
  total: UsageRow;
}

export interface UsageRow {
  name: string;
  sessions: number;
  costUsd: number;
  inputTokens: number;
  outputTokens: number;
  linesAdded: number;
  linesRemoved: number;
}
