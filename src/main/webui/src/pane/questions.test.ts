import { expect, test } from 'vitest';
import { answered, choices, NO_PICK, picked, questionsOf } from './questions';

const one = { question: 'Which?', options: [{ label: 'A' }, { label: 'B', description: 'b' }] };
const many = { question: 'Which ones?', multiSelect: true, options: [{ label: '1' }, { label: '2' }] };

test('reads questions, and nothing that is none', () => {
  const [first, second] = questionsOf({ questions: [one, { ...many, custom: false }, 7, {}] });
  expect(first).toMatchObject({ question: 'Which?', several: false, own: true });
  expect(second).toMatchObject({ several: true, own: false });
  expect(questionsOf({ questions: 'x' })).toEqual([]);
  expect(questionsOf(null)).toEqual([]);
});

test('picks one, or several', () => {
  const [single, several] = questionsOf({ questions: [one, many] });
  if (!single || !several) {
    throw new Error('two questions');
  }
  expect(picked(single, { options: [0], own: null }, 1)).toEqual({ options: [1], own: null });
  const both = picked(several, picked(several, NO_PICK, 1), 0);
  expect(both.options).toEqual([0, 1]);
  expect(picked(several, both, 1).options).toEqual([0]);
  expect(answered(NO_PICK)).toBe(false);
  expect(answered({ options: [], own: '  ' })).toBe(false);
  expect(answered({ options: [], own: 'x' })).toBe(true);
});

test('names options by number and own words as they are', () => {
  const questions = questionsOf({ questions: [one, many] });
  expect(
    choices(questions, [
      { options: [], own: '2' },
      { options: [0, 1], own: 'and 3' },
    ]),
  ).toEqual({ choices: ['=2', '1,2,=and 3'], other: true });
  expect(choices(questionsOf({ questions: [many] }), [{ options: [0, 1], own: null }])).toEqual({
    choices: ['1', '2'],
    other: false,
  });
});
