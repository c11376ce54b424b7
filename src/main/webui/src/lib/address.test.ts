import { expect, test } from 'vitest';
import { read, write } from './address';

test('keeps what the page of usage shows, but for what is usual', () => {
  const asked = read('?page=usage&since=7d&metric=tokens');
  expect(asked.usage).toEqual({ since: '7d', metric: 'tokens' });
  expect(read(write(asked))).toEqual(asked);
  expect(write({ ...asked, usage: { since: '30d', metric: 'cost' } })).toBe('?page=usage');
});

test('takes no other words for it', () => {
  expect(read('?page=usage&since=1y&metric=__proto__').usage).toEqual({
    since: '30d',
    metric: 'cost',
  });
});
