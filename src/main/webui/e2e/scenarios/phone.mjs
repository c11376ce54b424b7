/* On a phone nothing is wider than the screen, and a session is opened, read and answered */
import assert from 'node:assert/strict';
import { ask, row, scenario, startClaude, told } from '../scenario.mjs';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

await scenario(async ({ signedIn }) => {
  const agent = await startClaude('dev-1:api', 'on-the-phone');
  await ask(agent, 'long', 'Bash', { command: `echo ${'a-long-word'.repeat(40)}` });
  const page = await signedIn(PHONE);
  await row(page, 'on-the-phone').waitFor();
  await fits(page, 'the board');

  for (const name of ['Inbox', 'Hosts', 'Start', 'Usage', 'Board']) {
    const tab = page.locator('.top').getByRole('button', { name });
    if (await tab.count()) {
      await tab.tap();
      await page.locator('main section').waitFor();
      await fits(page, name);
    }
  }

  await row(page, 'on-the-phone').tap();
  const pane = page.locator('.pane', { hasText: 'on-the-phone' });
  await pane.getByRole('button', { name: 'Allow', exact: true }).tap();
  assert.match(await told(agent, 'long'), /allow/);
  await fits(page, 'a pane');
  for (const name of ['Shell', 'Diff', 'Log']) {
    await pane.getByRole('tab', { name }).tap();
    await fits(page, name);
  }
});

async function fits(page, what) {
  const [scroll, client] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(scroll <= client, `${what} is ${scroll} px wide on a phone of ${client} px`);
}
