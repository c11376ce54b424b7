/* What an agent asks is answered once, by the page or by a command, and every browser shows it */
import assert from 'node:assert/strict';
import { ask, muster, json, scenario, startClaude, told } from '../scenario.mjs';

const EDIT = {
  file_path: 'api/orders.py',
  old_string: 'def list_orders(db):',
  new_string: 'def list_orders(db, after=0):',
};
const QUESTION = {
  questions: [
    {
      question: 'Which database?',
      options: [{ label: 'SQLite', description: 'one file' }, { label: 'PostgreSQL' }],
      multiSelect: false,
    },
  ],
};

await scenario(async ({ signedIn }) => {
  const agent = await startClaude('staging:api', 'asker');
  const page = await signedIn({}, '/?page=inbox');
  const other = await signedIn({}, '/?page=inbox');
  const card = (at, text) => at.locator('.request', { hasText: 'asker' }).filter({ hasText: text });

  await ask(agent, 'allowed', 'Bash', { command: 'npm test -- --watch "a b"' });
  await card(page, 'npm test -- --watch "a b"').waitFor();
  await card(other, 'npm test').waitFor();
  await card(page, 'npm test').getByRole('button', { name: 'Allow', exact: true }).click();
  await card(other, 'npm test').waitFor({ state: 'detached' });
  await card(page, 'npm test').waitFor({ state: 'detached' });
  assert.match(await told(agent, 'allowed'), /"behavior":"allow"/);

  await ask(agent, 'denied', 'Edit', EDIT);
  await card(page, EDIT.new_string).waitFor();
  await card(page, EDIT.new_string).getByPlaceholder('Reason').fill('use "cursor"');
  await card(page, EDIT.new_string).getByRole('button', { name: 'Deny' }).click();
  await card(other, EDIT.new_string).waitFor({ state: 'detached' });
  assert.match(await told(agent, 'denied'), /"behavior":"deny".*use \\"cursor\\"/s);

  await ask(agent, 'by-command', 'Bash', { command: 'git push' });
  await card(page, 'git push').waitFor();
  const [waiting] = (await json('inbox')).filter((each) => each.name === 'asker');
  await muster('approve', waiting.id);
  await card(page, 'git push').waitFor({ state: 'detached' });
  await card(other, 'git push').waitFor({ state: 'detached' });

  await ask(agent, 'question', 'AskUserQuestion', QUESTION);
  await card(page, 'Which database?').waitFor();
  const [question] = (await json('inbox')).filter((each) => each.name === 'asker');
  await muster('answer', question.id, 'PostgreSQL');
  await card(page, 'Which database?').waitFor({ state: 'detached' });
  assert.match(await told(agent, 'question'), /"Which database\?":"PostgreSQL"/);

  await ask(agent, 'again', 'AskUserQuestion', QUESTION);
  await card(other, 'Which database?').getByText('SQLite').click();
  await card(other, 'Which database?').getByRole('button', { name: 'Answer' }).click();
  await card(page, 'Which database?').waitFor({ state: 'detached' });
  assert.match(await told(agent, 'again'), /"Which database\?":"SQLite"/);
});
