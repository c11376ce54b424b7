import { needsYou } from '../lib/filter';

/** A state's colour and shape; the word beside it says the same. */
export function StateMark({ state }: { state: string }) {
  return <span class={`mark ${kind(state)}`} aria-hidden="true" />;
}

function kind(state: string): string {
  if (['failed', 'crashed', 'lost'].includes(state)) {
    return 'bad';
  }
  if (needsYou(state)) {
    return 'waits';
  }
  switch (state) {
    case 'working':
    case 'starting':
    case 'preparing':
      return 'works';
    case 'rate-limited':
      return 'limited';
    case 'finished':
      return 'done';
    case 'idle':
      return 'idle';
    default:
      return 'still';
  }
}
