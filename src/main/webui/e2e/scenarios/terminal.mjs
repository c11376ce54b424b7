/* A session that is started from the page runs, and its terminal takes what is typed */
import { scenario, terminals, until, muster } from '../scenario.mjs';
import assert from 'node:assert/strict';

const [host, repo] = terminals.split(':');

await scenario(async ({ signedIn }) => {
  const page = await signedIn({}, '/?page=start');
  const task = 'echo ready; while read -r l; do echo "got: $l"; done';
  await page.getByLabel('What is to be done').fill(task);
  await page.getByLabel('Name', { exact: true }).fill('from-the-page');
  await page.getByRole('checkbox', { name: host }).check();
  await page.getByLabel('Repo').fill(repo);
  await page.locator('.start').getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText('1 of 1 running').waitFor();
  await page.getByRole('button', { name: 'Open it' }).click();

  const pane = page.locator('.pane', { hasText: 'from-the-page' });
  await pane.locator('.xterm-rows', { hasText: 'ready' }).waitFor();
  await pane.locator('.xterm').click();
  await page.keyboard.type('hello from the page\n');
  await pane.locator('.xterm-rows', { hasText: 'got: hello from the page' }).waitFor();

  await pane.getByRole('tab', { name: 'Shell' }).click();
  await pane.locator('.xterm-helper-textarea').waitFor({ state: 'attached' });
  await until('the shell stands in the worktree', async () => {
    await pane.locator('.xterm').click();
    await page.keyboard.type('git branch --show-current\n');
    return (await pane.locator('.xterm-rows').innerText()).includes('muster/from-the-page');
  });

  await pane.getByRole('tab', { name: 'Log' }).click();
  await pane.locator('.log', { hasText: 'the agent runs' }).waitFor();
  await pane.getByRole('button', { name: 'Stop' }).click();
  await pane.getByText('stopped').first().waitFor();
  assert.match(await muster('status', 'from-the-page'), /stopped/);
});
