import { expect, test } from 'vitest';
import { EventCutter } from './sse';

test('gives the same events however the bytes are cut', () => {
  const text = ': beat\n\nevent: board\ndata: {"a":\ndata: 1}\n\nevent:change\r\ndata:x\r\n\r\ndata: y\n\n';
  const whole = new EventCutter().take(text);
  expect(whole).toEqual([
    { name: 'board', data: '{"a":\n1}' },
    { name: 'change', data: 'x' },
    { name: 'message', data: 'y' },
  ]);
  for (let at = 0; at <= text.length; at++) {
    const cutter = new EventCutter();
    expect([...cutter.take(text.slice(0, at)), ...cutter.take(text.slice(at))]).toEqual(whole);
  }
});
