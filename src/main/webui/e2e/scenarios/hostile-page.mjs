/* What a hostile host says is text and nothing else, in every place of the page */
import { base, scenario } from '../scenario.mjs';
import { harmless, hostileHost, MARK } from '../hostile.mjs';

await scenario(async ({ signedIn }) => {
  const speaks = await hostileHost();
  const page = await signedIn({ viewport: { width: 1600, height: 1000 } }, '/?host=hostile');
  await page.locator('.session').nth(3).waitFor();
  await harmless(page, 'the board', [
    '.session .name bdi:first-child',
    '.session .name small',
    '.session .detail bdi',
    '.session .detail small',
    '.filters .menu',
  ]);

  await page.locator('.session', { hasText: 'speaks' }).click();
  const pane = page.locator('.pane', { hasText: 'speaks' });
  await pane.locator('.xterm-rows', { hasText: 'last words' }).waitFor();
  await harmless(page, 'a terminal', ['.pane .doing']);
  await pane.getByRole('tab', { name: 'Diff' }).click();
  await harmless(page, 'a diff', ['.diff summary', '.diff pre']);
  await pane.getByRole('tab', { name: 'Log' }).click();
  await pane.locator('.log summary').first().click();
  await harmless(page, 'a log', ['.log li', '.log details .code']);
  await page.locator('.session .name', { hasText: MARK }).first().click();
  await harmless(page, 'the pane of a session with such a name', ['.pane h2']);

  await page.goto(`${base}/?page=inbox`);
  await page.locator('.request fieldset', { hasText: MARK }).first().waitFor();
  await harmless(page, 'the inbox', [
    '.request h3',
    '.request .code',
    '.request .named .label',
    '.request .named bdi',
    '.request .input > div > .label',
    '.request .permits li:first-child',
    '.request .permits li:last-child',
    '.request .patch .context',
    '.request .patch .removed',
    '.request .patch .added',
    '.request legend',
    '.request .option bdi',
    '.request .option small',
  ]);
  const open = (name) => page.locator('.top').getByRole('button', { name, exact: true }).click();
  await open('Hosts');
  const host = page.locator('.card[data-host="hostile"]');
  await host.getByRole('button', { name: 'Doctor' }).click();
  await host.getByText(/\d+ checks/).waitFor();
  await harmless(page, 'the hosts', [
    '.doctor .findings li',
    '.hostcard > .findings li',
    '.hostcard .tags bdi',
  ]);
  await open('Start');
  await page.locator('.start textarea').first().waitFor();
  await harmless(page, 'the start of a session', []);
  await open('Usage');
  await page.locator('.usage .plots').waitFor();
  await page.locator('.usage figure', { hasText: 'By model' }).locator('summary').click();
  await harmless(page, 'the usage', ['.usage .bars bdi', '.usage details[open] th']);

  // What names the session in the address is all that a new tab has.
  await page.goto(`${base}/?pane=${speaks.id}.diff`);
  await harmless(page, 'a diff by its address', ['.diff summary', '.diff pre']);
});
