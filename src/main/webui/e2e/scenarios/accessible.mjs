/* Every view is accessible, dark and light */
import assert from 'node:assert/strict';
import { accessible, ask, base, row, scenario, start, startClaude, terminals } from '../scenario.mjs';

const OF_THE_LOOK = { reducedMotion: 'reduce' };

await scenario(async ({ signedIn, visitor }) => {
  const agent = await startClaude('dev-1:api', 'seen-asking');
  await start(terminals, 'seen-typing', 'echo 1 >new; echo ready; exec sleep 1000');
  await ask(agent, 'a', 'Bash', { command: 'ls' });
  await ask(agent, 'b', 'AskUserQuestion', {
    questions: [{ question: 'Which?', options: [{ label: 'A' }, { label: 'B' }] }],
  });

  const stranger = await visitor(OF_THE_LOOK);
  await stranger.goto(base);
  await stranger.locator('.sign-in').waitFor();
  await bothWays(stranger, 'signing in');

  const page = await signedIn(OF_THE_LOOK, '/?q=seen-');
  await row(page, 'seen-asking').waitFor();
  await bothWays(page, 'the board');
  const ready = {
    Inbox: '.request fieldset',
    Hosts: '.hostcard',
    Start: '.start textarea',
    Usage: '.usage .plots',
  };
  for (const [name, there] of Object.entries(ready)) {
    await page.locator('.top').getByRole('button', { name }).click();
    await page.locator(there).first().waitFor();
    await bothWays(page, name);
  }
  // What it shows stays when it is loaded again.
  await page.getByRole('radio', { name: 'Tokens' }).check();
  await page.getByRole('radio', { name: '7 days' }).check();
  await page.getByText('Tokens by day', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('Tokens by day', { exact: true }).waitFor();
  assert.ok(await page.getByRole('radio', { name: '7 days' }).isChecked());

  await page.locator('.top').getByRole('button', { name: 'Board' }).click();
  await row(page, 'seen-asking').click();
  await page.locator('.pane .request').first().waitFor();
  await row(page, 'seen-typing').click();
  const pane = page.locator('.pane', { hasText: 'seen-typing' });
  await pane.locator('.xterm-rows', { hasText: 'ready' }).waitFor();
  await bothWays(page, 'a terminal and a request');
  await pane.getByRole('tab', { name: 'Diff' }).click();
  await pane.locator('.patch').first().waitFor();
  await page.locator('.pane').first().getByRole('tab', { name: 'Log' }).click();
  await page.locator('.log li').first().waitFor();
  await bothWays(page, 'a diff and a log');
});

/** By every rule, in both. */
async function bothWays(page, what) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, ...OF_THE_LOOK });
    await accessible(page, `${what}, ${colorScheme},`);
  }
}
