import { expect, test } from 'vitest';
import { EMPTY, fieldOf, filled, from, holes, missing, offered, requests, template } from './start';

const TASK = { prompt: 'x', name: '' };
const FORM = { ...EMPTY, hosts: ['a', 'b'], repo: 'api', tasks: [TASK] };
let next = 0;
const newId = () => String(next++);

test('starts every task on every host, each under an id of its own', () => {
  const form = { ...FORM, tasks: [{ prompt: 'one', name: 'n' }, { prompt: 'two', name: '' }] };
  const asked = requests(form, newId);
  expect(asked.map((each) => [each.host, each.prompt, each.name])).toEqual([
    ['a', 'one', 'n'],
    ['b', 'one', 'n'],
    ['a', 'two', null],
    ['b', 'two', null],
  ]);
  expect(new Set(asked.map((each) => each.id)).size).toBe(4);
});

test('asks for the words in braces, once each, and puts them in as they are', () => {
  const tasks = [{ prompt: 'Fix {{ticket}} in {{ part of it }}, {{ticket}}. {{}} { {x} }', name: '' }];
  expect(holes(tasks)).toEqual(['ticket', 'part of it']);
  expect(filled('{{a}} {{ b }} {{c}}', { a: '$&', b: '{{a}}' })).toBe('$& {{a}} {{c}}');
  expect(missing({ ...FORM, tasks })['word-ticket']).toBeTruthy();
  expect(missing({ ...FORM, tasks, words: { ticket: '1', 'part of it': '2' } })).toEqual({});
});

test('says at the field what is missing', () => {
  expect(Object.keys(missing(EMPTY))).toEqual(['hosts', 'repo']);
  expect(missing(FORM)).toEqual({});
  const two = { ...FORM, branch: 'b', tasks: [{ ...TASK, name: 'n' }, { prompt: ' ', name: 'n' }] };
  expect(Object.keys(missing(two)).sort()).toEqual(['branch', 'name-1', 'task-1']);
});

test('finds the field that the service blames', () => {
  expect(fieldOf('base', 2)).toBe('base');
  expect(fieldOf('prompt', 2)).toBe('task-2');
  expect(fieldOf('env', 0)).toBe(null);
  expect(fieldOf(null, 0)).toBe(null);
});

test('a template gives back the form that it was made of', () => {
  const form = { ...FORM, base: 'main', model: 'opus', headless: true };
  expect(from(template('t', form), ['a', 'b'])).toEqual(form);
  expect(from(template('t', form), ['b']).hosts).toEqual(['b']);
});

test('offers what all chosen hosts have before what some have', () => {
  const host = (name: string, repos: string[]) => ({
    name,
    agent: 'claude',
    agents: [{ name: 'claude', type: 'claude', model: null }],
    repos: repos.map((repo) => ({ name: repo, path: '/', base: null })),
  });
  const choices = { hosts: [host('a', ['x', 'y']), host('b', ['y'])], accounts: [] };
  expect(offered(choices, ['a', 'b']).repos).toEqual(['y', 'x']);
  expect(offered(choices, ['b']).repos).toEqual(['y']);
  expect(offered(null, []).agents).toEqual([]);
});
