/* What a hostile host says is text and nothing else, in every place of the page */
import { scenario } from '../scenario.mjs';
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

  await page.goto(`${process.env.BASE}/?page=inbox`);
  await page.locator('.request fieldset', { hasText: MARK }).first().waitFor();
  await harmless(page, 'the inbox', [
    '.request h3',
    '.request .code',
    '.request .named bdi',
    '.request .edit .label',
    '.request .patch .removed',
    '.request .patch .added',
    '.request legend',
    '.request .option bdi',
    '.request .option small',
  ]);
  for (const name of ['Hosts', 'Start', 'Usage']) {
    const tab = page.locator('.top').getByRole('button', { name });
    if (await tab.count()) {
      await tab.click();
      await page.locator('main section').waitFor();
      await harmless(page, name, name === 'Usage' ? ['.usage'] : []);
    }
  }
  await page.goto(`${process.env.BASE}/?pane=${speaks.id}.diff`);
  await page.locator('.diff summary').first().waitFor();
});
