/* Several tasks on several hosts are started at once, and what is wrong is said where it belongs */
import assert from 'node:assert/strict';
import { json, scenario, until } from '../scenario.mjs';

await scenario(async ({ signedIn }) => {
  const page = await signedIn({}, '/?page=start');
  const start = () => page.locator('.start').getByRole('button', { name: /^Start/ }).click();
  await page.getByLabel('What is to be done').fill('exec sleep 1000');
  await page.getByLabel('Name', { exact: true }).fill('many-a');
  await page.getByRole('button', { name: 'Add a task' }).click();
  await page.getByLabel('Task 2', { exact: true }).fill('exec sleep 1000');
  await page.getByLabel('Name 2').fill('many-b');
  await page.getByRole('checkbox', { name: 'dev-1' }).check();
  await page.getByRole('checkbox', { name: 'staging' }).check();
  await page.getByRole('combobox', { name: 'Repo' }).fill('nowhere');
  await start();
  await page.locator('.field.wrong', { hasText: 'Repo' }).waitFor();
  await page.getByRole('combobox', { name: 'Repo' }).fill('api');
  await start();
  await page.getByText('4 of 4 running').waitFor({ timeout: 60_000 });

  let started = [];
  await until('all of them work', async () => {
    const { sessions } = await json('status', 'dev-1', 'staging');
    started = sessions.filter((each) => each.name.startsWith('many-'));
    return started.every((each) => each.state === 'working');
  });
  assert.deepEqual(started.map((each) => `${each.host}/${each.name} ${each.state}`).sort(), [
    'dev-1/many-a working',
    'dev-1/many-b working',
    'staging/many-a working',
    'staging/many-b working',
  ]);
  await page.getByRole('button', { name: 'Open 4 side by side' }).click();
  await page.locator('.pane').nth(3).waitFor();
});
