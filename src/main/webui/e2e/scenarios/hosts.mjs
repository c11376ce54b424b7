/* A host is let in by its key and our secret, forgotten when it is gone, and the doctor says what it lacks */
import assert from 'node:assert/strict';
import { door, isBack, muster, scenario } from '../scenario.mjs';

const PASSPHRASE = 'correct horse é';

await scenario(async ({ signedIn }) => {
  const page = await signedIn({}, '/?page=hosts');
  const card = (name) => page.locator(`.card[data-host="${name}"]`);
  const dialog = page.getByRole('dialog');

  // Its key was never seen.
  await door('add', 'fresh', { stranger: true });
  await card('fresh').getByText('host-key-unknown').waitFor();
  await card('fresh').getByRole('button', { name: 'Compare its key' }).click();
  const shown = await dialog.locator('code').first().innerText();
  assert.match(shown, /SHA256:/);
  await page.getByRole('button', { name: 'It is the same: trust it' }).click();
  await card('fresh').getByText('online').waitFor();
  await dialog.waitFor({ state: 'detached' });

  await card('fresh').getByRole('button', { name: 'Doctor' }).click();
  await card('fresh').getByText(/\d+ checks/).waitFor();
  await card('fresh').locator('.doctor .findings li', { hasText: 'tmux' }).first().waitFor();

  // It is another one than before.
  await door('rekey', 'fresh');
  await isBack(card('fresh').getByText('host-key-changed', { exact: true }));
  await card('fresh').getByRole('button', { name: 'The key has changed' }).click();
  await dialog.getByRole('alert').waitFor();
  const [offered, known] = await dialog.locator('dd code').allInnerTexts();
  assert.equal(known.match(/SHA256:\S+/)[0], shown.match(/SHA256:\S+/)[0]);
  assert.notEqual(offered.match(/SHA256:\S+/)[0], shown.match(/SHA256:\S+/)[0]);
  const trust = dialog.getByRole('button', { name: 'Trust the new key' });
  assert.ok(await trust.isDisabled(), 'a habit does not trust it');
  await dialog.getByRole('textbox').fill('fresh');
  await trust.click();
  await card('fresh').getByText('online', { exact: true }).waitFor();
  await dialog.waitFor({ state: 'detached' });

  // It leaves hosts.yaml, and what ran there is known still.
  await muster('start', 'fresh:api', '-n', 'brief', 'exit 0');
  await door('remove', 'fresh');
  await card('fresh').getByText('disabled', { exact: true }).waitFor();
  await card('fresh').getByRole('button', { name: 'Forget' }).click();
  await dialog.getByRole('button', { name: 'Forget fresh' }).click();
  await card('fresh').waitFor({ state: 'detached' });

  // Our key needs its passphrase.
  await door('add', 'vault', { passphrase: PASSPHRASE });
  await card('vault').getByText('locked', { exact: true }).waitFor();
  const unlock = async (label, secret) => {
    await dialog.getByLabel(label).fill(secret);
    await dialog.getByRole('button', { name: 'Unlock' }).click();
  };
  await card('vault').getByRole('button', { name: 'Unlock' }).click();
  await unlock('Passphrase', 'wrong');
  await dialog.getByRole('alert').filter({ hasText: 'does not open' }).waitFor();
  assert.equal(await dialog.getByLabel('Passphrase').inputValue(), '');
  await unlock('Passphrase', PASSPHRASE);
  await card('vault').getByText('online', { exact: true }).waitFor();
  await dialog.waitFor({ state: 'detached' });

  // It takes no key of ours any more, but would take a password.
  await door('shut', 'vault');
  await isBack(card('vault').getByText('auth-failed', { exact: true }));
  await card('vault').getByRole('button', { name: 'Unlock' }).click();
  await unlock('Password', 'wrong');
  await dialog.getByRole('alert').filter({ hasText: 'refused the password' }).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await door('remove', 'vault');
  await card('vault').waitFor({ state: 'detached' });
});
