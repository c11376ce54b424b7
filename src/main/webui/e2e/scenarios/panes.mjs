/* Four panes stay as they were laid out when the page is loaded again */
import assert from 'node:assert/strict';
import { row, scenario, start, terminals } from '../scenario.mjs';

await scenario(async ({ signedIn }) => {
  const names = ['pane-one', 'pane-two', 'pane-three', 'pane-four'];
  for (const name of names) {
    await start(terminals, name);
  }
  const page = await signedIn({ viewport: { width: 1600, height: 1000 } }, '/?q=pane-');
  for (const [i, name] of names.entries()) {
    await row(page, name).click();
    await page.locator('.pane').nth(i).getByText(name).first().waitFor();
  }
  await page.locator('.pane').nth(2).getByRole('tab', { name: 'Log' }).click();
  await page.locator('.pane').nth(3).getByRole('tab', { name: 'Diff' }).click();

  const across = page.getByRole('separator').first();
  const box = await across.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 4);
  await page.mouse.down();
  await page.mouse.move(box.x - 150, box.y + box.height / 4, { steps: 5 });
  await page.mouse.up();
  await page.getByRole('separator').nth(1).press('ArrowUp');

  const shown = async () => {
    await page.locator('.pane').nth(0).locator('.xterm-rows', { hasText: 'ready' }).waitFor();
    await page.locator('.pane').nth(1).locator('.xterm-rows', { hasText: 'ready' }).waitFor();
    await page.locator('.pane').nth(2).locator('.log', { hasText: 'the agent runs' }).waitFor();
    await page.locator('.pane').nth(3).getByText('No changes').waitFor();
    return page.locator('.pane').evaluateAll((panes) =>
      panes.map((pane) => {
        const { x, y, width, height } = pane.getBoundingClientRect();
        const kind = pane.querySelector('[role=tab][aria-selected=true]').textContent;
        // The address keeps tenths of a percent: a pixel of a screen.
        const place = [x, y, width, height].map((each) => Math.round(each / 4));
        return [pane.querySelector('h2').textContent, kind, ...place].join(' ');
      }),
    );
  };
  const before = await shown();
  const address = page.url();
  await page.reload();
  assert.deepEqual(await shown(), before);
  assert.equal(page.url(), address);
  assert.match(address, /split=/);

  // The same address, sent to somebody else who is signed in.
  const other = await signedIn({ viewport: { width: 1600, height: 1000 } });
  await other.goto(address);
  await other.locator('.pane').nth(3).getByText('pane-four').first().waitFor();
});
