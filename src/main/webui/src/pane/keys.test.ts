import { expect, test } from 'vitest';
import { follower, isPaneKey, withBeside } from './keys';

function key(code: string, over: KeyboardEventInit = { altKey: true }): KeyboardEvent {
  return new KeyboardEvent('keydown', { code, ...over });
}

test('takes Alt with its own keys only', () => {
  expect(['Digit1', 'Digit4', 'KeyJ', 'KeyS', 'KeyW'].every((code) => isPaneKey(key(code)))).toBe(true);
  // A shell's own: back and forth by words, delete a word, the last argument.
  expect(['KeyB', 'KeyF', 'KeyD', 'Period', 'Digit5'].some((code) => isPaneKey(key(code)))).toBe(false);
  expect(isPaneKey(key('KeyW', { altKey: true, ctrlKey: true }))).toBe(false);
  expect(isPaneKey(key('KeyW', {}))).toBe(false);
});

test('leaves a Mac its characters, where a person writes', () => {
  const heard = (element: Element, key: string) => {
    let is = false;
    element.addEventListener('keydown', (event) => (is = isPaneKey(event as KeyboardEvent)));
    element.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyS', key, altKey: true }));
    return is;
  };
  const field = () => document.createElement('textarea');
  const terminal = field();
  terminal.className = 'xterm-helper-textarea';
  expect(heard(field(), 'ß')).toBe(false);
  expect(heard(field(), 's')).toBe(true);
  expect(heard(terminal, 'ß')).toBe(true);
  expect(heard(document.createElement('div'), 'ß')).toBe(true);
});

test('goes round', () => {
  expect(follower(['a', 'b', 'c'], 'b')).toBe('c');
  expect(follower(['a', 'b', 'c'], 'c')).toBe('a');
  expect(follower(['a', 'b', 'c'], null)).toBe('a');
  expect(follower(['a'], 'gone')).toBe('a');
  expect(follower([], 'a')).toBe(null);
});

test('splits a pane into two views of its session', () => {
  const panes = [
    { session: 'A', kind: 'terminal' },
    { session: 'B', kind: 'log' },
  ] as const;
  expect(withBeside(panes, 0, panes[0])[1]).toEqual({ session: 'A', kind: 'diff' });
  expect(withBeside(panes, 1, panes[1])).toEqual([...panes, { session: 'B', kind: 'terminal' }]);
});
