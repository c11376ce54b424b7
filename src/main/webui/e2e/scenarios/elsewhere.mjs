/* A session that belongs to another service is shown, and nothing is done to it */
import assert from 'node:assert/strict';
import { ask, door, row, scenario, start, startClaude, terminals } from '../scenario.mjs';

const WHY = 'It belongs to another Muster service (elsewhere1)';

await scenario(async ({ signedIn }) => {
  const watched = await start('dev-1:api', 'others-watched');
  const asking = await startClaude('dev-1:api', 'others-asking');
  await ask(asking, 'one', 'Bash', { command: 'make deploy' });
  const page = await signedIn({ viewport: { width: 1600, height: 900 } }, '/?q=others-');
  const pane = (name) => page.locator('.pane', { hasText: name });
  const screen = pane('others-watched').locator('.xterm-rows');
  await row(page, 'others-watched').click();
  await pane('others-watched').getByRole('button', { name: 'Stop' }).waitFor();
  // Only root's OpenSSH hands terminals over.
  const seen = terminals === 'dev-1:api';
  if (seen) {
    await screen.filter({ hasText: 'ready' }).waitFor();
  }

  await door('adopt', 'dev-1', { id: watched.id });
  await door('adopt', 'dev-1', { id: asking.id });
  await pane('others-watched').getByText('muster adopt dev-1/others-watched').waitFor();
  await row(page, 'others-asking').getByText('of another service').waitFor();
  const readOnly = pane('others-watched').getByRole('checkbox', { name: 'read-only' });
  assert.ok((await readOnly.isChecked()) && (await readOnly.isDisabled()));
  assert.equal(await pane('others-watched').getByRole('button', { name: /Stop|Send|Interrupt/ }).count(), 0);
  if (seen) {
    // Its screen is there, and takes nothing.
    await screen.filter({ hasText: 'ready' }).waitFor();
    await pane('others-watched').locator('.note:empty').waitFor({ state: 'attached' });
    await pane('others-watched').locator('.xterm').click();
    await page.keyboard.type('not for me\n');
  }
  await pane('others-watched').getByRole('tab', { name: 'Shell' }).click();
  await pane('others-watched').locator('.body', { hasText: WHY }).waitFor();

  await row(page, 'others-asking').click();
  const card = pane('others-asking').locator('.request', { hasText: 'make deploy' });
  await card.getByText(WHY).waitFor();
  for (const name of ['Allow', 'Deny']) {
    assert.ok(await card.getByRole('button', { name, exact: true }).isDisabled(), name);
  }
  if (seen) {
    await pane('others-watched').getByRole('tab', { name: 'Terminal' }).click();
    await screen.filter({ hasText: 'ready' }).waitFor();
    assert.doesNotMatch(await screen.innerText(), /not for me/);
  }
});
