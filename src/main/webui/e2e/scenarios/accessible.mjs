/* Every view is accessible, dark and light */
import { accessible, ask, row, scenario, start, startClaude, terminals } from '../scenario.mjs';

await scenario(async ({ signedIn, visitor }) => {
  const agent = await startClaude('dev-1:api', 'looked-at');
  await start(terminals, 'typed-at', 'echo 1 >new; echo ready; exec sleep 1000');
  await ask(agent, 'a', 'Bash', { command: 'ls' });
  await ask(agent, 'b', 'AskUserQuestion', {
    questions: [{ question: 'Which?', options: [{ label: 'A' }, { label: 'B' }] }],
  });
  for (const colorScheme of ['light', 'dark']) {
    const stranger = await visitor({ colorScheme });
    await stranger.goto(process.env.BASE);
    await stranger.locator('.sign-in').waitFor();
    await accessible(stranger, `signing in, ${colorScheme}`);

    const page = await signedIn({ colorScheme, reducedMotion: 'reduce' });
    await row(page, 'looked-at').waitFor();
    await accessible(page, `the board, ${colorScheme}`);
    for (const name of ['Inbox', 'Hosts', 'Start', 'Usage']) {
      const tab = page.locator('.top').getByRole('button', { name });
      if (await tab.count()) {
        await tab.click();
        await page.locator('main section').waitFor();
        await accessible(page, `${name}, ${colorScheme}`);
      }
    }
    await page.locator('.top').getByRole('button', { name: 'Board' }).click();
    await row(page, 'looked-at').click();
    await page.locator('.pane .request').first().waitFor();
    await row(page, 'typed-at').click();
    const pane = page.locator('.pane', { hasText: 'typed-at' });
    await pane.locator('.xterm-rows', { hasText: 'ready' }).waitFor();
    await accessible(page, `a terminal and a request, ${colorScheme}`);
    for (const name of ['Diff', 'Log']) {
      await pane.getByRole('tab', { name }).click();
      await pane.locator('.diff table, .log li').first().waitFor();
      await accessible(page, `${name}, ${colorScheme}`);
    }
  }
});
