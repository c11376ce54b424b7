import type { LogEntry, SessionRow } from '../api/types';

/** One step of a start, as far as it has come. */
export interface Step {
  name: string;
  state: 'runs' | 'done' | 'failed';
  text: string;
  output: string | null;
}

/** The steps that a session's log tells of, in their order; later entries say how one went. */
export function steps(log: readonly LogEntry[]): Step[] {
  const found = new Map<string, Step>();
  const say = (name: string, state: Step['state'], entry: LogEntry | null) =>
    found.set(name, {
      name,
      state,
      text: state === 'failed' ? (entry?.text ?? '') : '',
      output: entry?.output ?? null,
    });
  for (const entry of log) {
    if (entry.kind === 'asked') {
      // A later run is a start of its own.
      found.clear();
    } else if (entry.kind === 'step' && entry.step) {
      say(entry.step, entry.text === 'begins' ? 'runs' : 'done', entry);
    } else if (entry.kind === 'failed') {
      say(entry.step ?? 'launch', 'failed', entry);
    } else if (entry.kind === 'started') {
      say('agent', 'done', null);
    }
  }
  return [...found.values()];
}

/** Whether nothing more is to be waited for: its agent runs, or it will not. */
export function settled(row: SessionRow): boolean {
  return row.lifecycle === 'running' || row.lifecycle === 'ended';
}
