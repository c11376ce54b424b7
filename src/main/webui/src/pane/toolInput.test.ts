import { expect, test } from 'vitest';
import { blocks, extent } from './toolInput';

test('shows a command as it would run, and all that comes with it', () => {
  expect(
    blocks({ description: 'Deploy', timeout: 5, run_in_background: true, command: 'make deploy' }),
  ).toEqual([
    { kind: 'text', name: 'command', text: 'make deploy', code: true },
    { kind: 'text', name: 'description', text: 'Deploy', code: false },
    { kind: 'text', name: 'timeout', text: '5', code: false },
    { kind: 'text', name: 'run_in_background', text: 'true', code: false },
  ]);
});

test('shows edits as diffs', () => {
  const [path, all, diff] = blocks({
    file_path: 'a.ts',
    old_string: 'one\ntwo\nthree',
    new_string: 'one\n2\nthree',
    replace_all: true,
  });
  expect([path?.name, all?.name]).toEqual(['file_path', 'replace_all']);
  expect(diff?.kind === 'diff' && diff.lines.map((each) => [each.kind, each.text])).toEqual([
    ['context', 'one'],
    ['removed', 'two'],
    ['added', '2'],
    ['context', 'three'],
  ]);
  const several = blocks({
    file_path: 'a.ts',
    edits: [
      { old_string: 'a', new_string: 'b' },
      { old_string: 'c', new_string: '', replace_all: true },
    ],
  });
  expect(several.map((each) => [each.kind, each.name])).toEqual([
    ['text', 'file_path'],
    ['diff', 'edit 1 of 2'],
    ['diff', 'edit 2 of 2'],
    ['text', 'replace_all'],
  ]);
});

test('shows a new file as added lines', () => {
  const [, diff] = blocks({ file_path: 'new', content: '<b>x</b>\ny' });
  expect(diff?.kind === 'diff' && diff.lines.map((each) => each.kind)).toEqual(['added', 'added']);
});

test('leaves nothing out of what it does not know', () => {
  expect(blocks({ old_string: 'only', edits: [1], content: 'no path' }).map((each) => each.name)).toEqual(
    ['old_string', 'edits', 'content'],
  );
  expect(blocks('bare')).toEqual([{ kind: 'text', name: '', text: 'bare', code: true }]);
  expect(blocks(null)).toEqual([{ kind: 'text', name: '', text: 'null', code: true }]);
});

test('counts and cuts what is long', () => {
  const long = { command: 'x'.repeat(10_000_000), more: ['ab', { c: 'de' }] };
  expect(extent(long)).toBe(10_000_004);
  const [command] = blocks(long, 100);
  expect(command?.kind === 'text' && command.text.length).toBe(101);
});
