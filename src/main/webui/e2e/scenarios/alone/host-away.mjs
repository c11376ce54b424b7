/* A host that is cut off keeps its rows, marked as old, and comes back by itself */
import assert from 'node:assert/strict';
import { door, isBack, row, scenario, start, until } from '../../scenario.mjs';

await scenario(async ({ signedIn }) => {
  await start('staging:api', 'stays');
  const page = await signedIn({}, '/?q=stays');
  const hosts = await signedIn({}, '/?page=hosts');
  const card = hosts.locator('.card', { hasText: 'staging' });
  await row(page, 'stays').waitFor();
  await row(page, 'stays').click();
  const terminal = page.locator('.pane .xterm-rows');
  await terminal.filter({ hasText: 'ready' }).waitFor();

  await door('stop', 'staging');
  await card.getByText('offline').waitFor();
  await page.locator('.board .session.stale', { hasText: 'stays' }).waitFor();
  assert.match(await row(page, 'stays').innerText(), /working.*as of/s);

  await door('restart', 'staging');
  await isBack(card.getByText('online'));
  await page.locator('.board .session:not(.stale)', { hasText: 'stays' }).waitFor();
  // Its old screen stays until it is back, and takes nothing meanwhile.
  await until('the terminal takes what is typed', async () => {
    await page.locator('.pane .xterm').click();
    await page.keyboard.type('back\n');
    return /got:\sback/.test(await terminal.innerText());
  }, 60);
});
