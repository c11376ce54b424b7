/* A second viewer leaves the screen in the size of the first one, and has its own when that one is gone */
import assert from 'node:assert/strict';
import { base, row, scenario, start, terminals, until } from '../scenario.mjs';
import { onTerminal } from '../pane.mjs';

/** Says how large its terminal is, whenever it is shared a line. */
const SIZES = 'echo ready; while read -r l; do echo "size of $l: $(stty size)"; done';

await scenario(async ({ signedIn }) => {
  const shared = await start(terminals, 'shared', SIZES);
  const page = await signedIn({ viewport: { width: 1400, height: 900 } }, '/?q=shared');
  await row(page, 'shared').click();
  const pane = page.locator('.pane', { hasText: 'shared' });
  const rows = pane.locator('.xterm-rows');
  const sizeOf = async (word) => {
    await page.locator('.pane .xterm').click();
    await page.keyboard.type(`${word}\n`);
    await rows.filter({ hasText: new RegExp(`size of ${word}:\\s\\d+`) }).waitFor();
    return (await rows.innerText()).match(new RegExp(`size of ${word}:\\s(\\d+\\s\\d+)`))[1];
  };
  await rows.filter({ hasText: 'ready' }).waitFor();
  const own = await sizeOf('mine');

  await onTerminal(60, 12, async (terminal) => {
    await terminal.begin('attach', shared.id);
    await terminal.shows('size of mine');
    assert.equal(await sizeOf('both'), own);
    await terminal.shows('size of both');
    await page.goto(`${base}/?page=hosts`);
    // The one that is left has the size.
    await terminal.tmux('resize-window', '-x', '61', '-y', '13');
    await until('it has its own size', async () => {
      await terminal.type('alone\n');
      return /size of alone: 13 61/.test(await terminal.text());
    });
    await terminal.tmux('send-keys', 'C-b', 'd');
    await terminal.shows('it goes on running');
  });
});
