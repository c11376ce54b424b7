import { expect, test } from 'vitest';
import { Hub, type Source, type Tell } from './hub';
import type { FromWorker } from './messages';

function hub() {
  const asked: string[] = [];
  let tell: Tell = () => undefined;
  const made = new Hub((to): Source => {
    tell = to;
    return {
      start: (secret) => void asked.push(`start ${secret}`),
      stop: () => void asked.push('stop'),
      now: () => [{ kind: 'state', state: 'live' }],
    };
  });
  return { hub: made, asked, says: (message: FromWorker) => tell(message) };
}

function tab() {
  const heard: FromWorker[] = [];
  return { heard, tell: (message: FromWorker) => void heard.push(message) };
}

test('opens one stream for all tabs, and gives a new tab the secret of an older one', () => {
  const { hub: it, asked, says } = hub();
  const [first, second] = [tab(), tab()];
  it.hear(first.tell, { kind: 'hello', secret: 's', fresh: true });
  it.hear(second.tell, { kind: 'hello', secret: null, fresh: false });
  expect(asked).toEqual(['start s']);
  expect(second.heard).toEqual([{ kind: 'secret', secret: 's' }, { kind: 'state', state: 'live' }]);
  says({ kind: 'state', state: 'broken' });
  expect(first.heard.at(-1)).toEqual(second.heard.at(-1));
});

test('forgets the secret with the last tab', () => {
  const { hub: it, asked } = hub();
  const [first, second, later] = [tab(), tab(), tab()];
  it.hear(first.tell, { kind: 'hello', secret: 's', fresh: true });
  it.hear(second.tell, { kind: 'hello', secret: 's', fresh: true });
  it.hear(first.tell, { kind: 'bye' });
  expect(asked).toEqual(['start s']);
  it.hear(second.tell, { kind: 'bye' });
  expect(asked).toEqual(['start s', 'stop']);
  it.hear(later.tell, { kind: 'hello', secret: null, fresh: false });
  expect(later.heard[0]).toEqual({ kind: 'secret', secret: null });
});

test('signs all tabs out when one of them is', () => {
  const { hub: it, asked, says } = hub();
  const [first, second] = [tab(), tab()];
  it.hear(first.tell, { kind: 'hello', secret: 's', fresh: true });
  it.hear(second.tell, { kind: 'hello', secret: 's', fresh: true });
  it.hear(first.tell, { kind: 'out', secret: 'an older one' });
  expect(asked).toEqual(['start s']);
  it.hear(first.tell, { kind: 'out', secret: 's' });
  expect(asked).toEqual(['start s', 'stop']);
  expect(second.heard.at(-1)).toEqual({ kind: 'secret', secret: null });
  says({ kind: 'state', state: 'signed-out' });
  it.hear(second.tell, { kind: 'hello', secret: 'new', fresh: true });
  expect(asked.at(-1)).toBe('start new');
});

test('lets no tab with an old secret end the stream of the others', () => {
  const { hub: it, asked } = hub();
  const [first, old, fresh] = [tab(), tab(), tab()];
  it.hear(first.tell, { kind: 'hello', secret: 's', fresh: true });
  it.hear(old.tell, { kind: 'hello', secret: 'of yesterday', fresh: false });
  expect(asked).toEqual(['start s']);
  expect(old.heard[0]).toEqual({ kind: 'secret', secret: 's' });
  it.hear(fresh.tell, { kind: 'hello', secret: 't', fresh: true });
  expect(asked).toEqual(['start s', 'start t']);
});
