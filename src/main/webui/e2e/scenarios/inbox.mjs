/* What an agent asks is answered once, by the page or by a command, and every browser shows it */
import assert from 'node:assert/strict';
import { ask, base, code, json, muster, row, scenario, startClaude, told } from '../scenario.mjs';

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

/** What the agent offers with a yes, and how that is said. */
const OFFER = {
  type: 'addRules',
  rules: [{ toolName: 'Bash', ruleContent: 'make lint:*' }],
  behavior: 'allow',
  destination: 'localSettings',
};
const SAID = 'allow Bash(make lint:*) in this project, for you (.claude/settings.local.json)';

await scenario(async ({ signedIn, visitor }) => {
  const agent = await startClaude('staging:api', 'asker');
  const page = await signedIn({}, '/?page=inbox');
  const other = await signedIn({}, '/?page=inbox');
  const away = await unwatched(visitor);
  const card = (at, text) => at.locator('.request', { hasText: 'asker' }).filter({ hasText: text });

  await ask(agent, 'allowed', 'Bash', { command: 'npm test -- --watch "a b"' });
  await card(page, 'npm test -- --watch "a b"').waitFor();
  await card(other, 'npm test').waitFor();
  // Who looks elsewhere is called, and comes back to the session.
  const notice = await away.waitForFunction(() =>
    window.notified.find((each) => each.shown && each.title === 'staging/asker: needs-approval'),
  );
  assert.equal(await notice.evaluate(({ body }) => body), 'Bash: npm test -- --watch "a b"');
  await notice.evaluate((each) => each.dispatchEvent(new Event('click')));
  await away.locator('.pane h2', { hasText: 'staging/asker' }).waitFor();

  await card(page, 'npm test').getByRole('button', { name: 'Allow', exact: true }).click();
  await card(other, 'npm test').waitFor({ state: 'detached' });
  await card(page, 'npm test').waitFor({ state: 'detached' });
  assert.match(await told(agent, 'allowed'), /"behavior":"allow"/);

  await ask(agent, 'always', 'Bash', { command: 'make lint' }, [OFFER]);
  await card(page, 'make lint').locator('.permits', { hasText: SAID }).waitFor();
  const [offered] = (await json('inbox')).filter((each) => each.name === 'asker');
  assert.deepEqual(offered.permits, [SAID]);
  await card(page, 'make lint').getByRole('button', { name: 'Allow always' }).click();
  const { decision } = JSON.parse(await told(agent, 'always')).hookSpecificOutput;
  assert.deepEqual(decision, { behavior: 'allow', updatedPermissions: [OFFER] });

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
  // The next one has the same words.
  await card(other, 'Which database?').waitFor({ state: 'detached' });
  assert.match(await told(agent, 'question'), /"Which database\?":"PostgreSQL"/);

  await ask(agent, 'again', 'AskUserQuestion', QUESTION);
  await card(other, 'Which database?').getByText('SQLite').click();
  await card(other, 'Which database?').getByRole('button', { name: 'Answer' }).click();
  await card(page, 'Which database?').waitFor({ state: 'detached' });
  assert.match(await told(agent, 'again'), /"Which database\?":"SQLite"/);
});

/** A page of somebody who wants to be told, and looks at something else. */
async function unwatched(visitor) {
  const page = await visitor();
  await page.addInitScript(() => {
    // A browser without a window has no tab in the background.
    Object.defineProperty(document, 'hidden', { get: () => true });
    window.notified = [];
    window.Notification = class extends Notification {
      shown = false;

      constructor(...how) {
        super(...how);
        this.addEventListener('show', () => (this.shown = true));
        window.notified.push(this);
      }
    };
  });
  await page.goto(`${base}/?q=asker${await code()}`);
  // Only what comes after what it has seen is news.
  await row(page, 'asker').waitFor();
  await page.context().grantPermissions(['notifications'], { origin: base });
  await page.getByRole('button', { name: 'Notifications', pressed: false }).click();
  await page.getByRole('button', { name: 'Notifications', pressed: true }).waitFor();
  return page;
}
