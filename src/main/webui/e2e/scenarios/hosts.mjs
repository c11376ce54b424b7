/* A new host is let in once its key was compared, and the doctor says what it lacks */
import assert from 'node:assert/strict';
import { door, scenario } from '../scenario.mjs';

await scenario(async ({ signedIn }) => {
  const page = await signedIn({}, '/?page=hosts');
  const card = (name) => page.locator(`.card[data-host="${name}"]`);
  await door('add', 'fresh', { known: false });
  await card('fresh').getByText('host-key-unknown').waitFor();
  await card('fresh').getByRole('button', { name: 'Compare its key' }).click();
  const shown = await page.getByRole('dialog').locator('code').first().innerText();
  assert.match(shown, /SHA256:/);
  await page.getByRole('button', { name: 'It is the same: trust it' }).click();
  await card('fresh').getByText('online').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await card('fresh').getByRole('button', { name: 'Doctor' }).click();
  await card('fresh').getByText(/\d+ checks/).waitFor();
  await card('fresh').locator('.doctor .findings li', { hasText: 'tmux' }).first().waitFor();

  await door('remove', 'fresh');
  await card('fresh').waitFor({ state: 'detached' });
});
