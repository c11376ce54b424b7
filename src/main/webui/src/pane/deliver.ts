import { NotDone, sentence } from '../api/problem';
import { ulid } from '../api/ulid';
import { client } from '../live/store';

/** What became of a text: never "probably". */
export interface Delivery {
  outcome: 'delivered' | 'typed' | 'refused' | 'unknown';
  text: string;
}

/** One text on its way: tried again under the same id, it is typed once. */
export interface Letter {
  id: string;
  text: string;
}

export function letter(text: string): Letter {
  return { id: ulid(), text };
}

export async function deliver(session: string, { id, text }: Letter): Promise<Delivery> {
  try {
    const said = (await client.send(session, id, text)).text;
    return { outcome: said.startsWith('delivered') ? 'delivered' : 'typed', text: said };
  } catch (failure) {
    return {
      outcome: isUnclear(failure) ? 'unknown' : 'refused',
      text: sentence(failure),
    };
  }
}

/** Whether it may have been done all the same: the service says so, or was not heard to the end. */
export function isUnclear(failure: unknown): boolean {
  return !(failure instanceof NotDone) || failure.problem.code === 'UNKNOWN';
}

const WORDS: Record<Delivery['outcome'], string> = {
  delivered: 'Delivered',
  typed: 'Typed, not confirmed',
  refused: 'Not delivered',
  unknown: 'Not known whether it was delivered',
};

export function word(outcome: Delivery['outcome']): string {
  return WORDS[outcome];
}
