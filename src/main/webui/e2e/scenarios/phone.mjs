/* On a phone nothing is wider than the screen, and a session is opened, read and answered */
import assert from 'node:assert/strict';
import { ask, row, scenario, start, startClaude, terminals, told, until } from '../scenario.mjs';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** Says which bytes it is given. */
const BYTES =
  "stty raw -echo; printf 'ready\\r\\n'; while :; do" +
  " printf 'bytes:%s\\r\\n' \"$(dd bs=9 count=1 2>/dev/null | od -An -tx1)\"; done";

const KEYS = {
  Escape: '1b',
  Tab: '09',
  'Control C': '03',
  Left: '1b 5b 44',
  Down: '1b 5b 42',
  Up: '1b 5b 41',
  Right: '1b 5b 43',
};

await scenario(async ({ signedIn }) => {
  await start(terminals, 'phone-keys', BYTES);
  const agent = await startClaude('dev-1:api', 'phone-asks');
  await ask(agent, 'long', 'Bash', { command: `echo ${'a-long-word'.repeat(40)}` });
  const page = await signedIn(PHONE, '/?q=phone-');
  await row(page, 'phone-asks').waitFor();
  await fits(page, 'the board');

  for (const name of ['Inbox', 'Hosts', 'Start', 'Usage', 'Board']) {
    const tab = page.locator('.top').getByRole('button', { name });
    if (await tab.count()) {
      await tab.tap();
      await page.locator('main section').waitFor();
      await fits(page, name);
    }
  }

  await row(page, 'phone-asks').tap();
  const pane = page.locator('.pane', { hasText: 'phone-asks' });
  await pane.getByRole('button', { name: 'Allow', exact: true }).tap();
  assert.match(await told(agent, 'long'), /allow/);
  await fits(page, 'a pane');
  for (const name of ['Shell', 'Diff', 'Log']) {
    await pane.getByRole('tab', { name }).tap();
    await fits(page, name);
  }

  await page.locator('.board .session', { hasText: 'phone-keys' }).tap();
  const terminal = page.locator('.pane', { hasText: 'phone-keys' });
  await terminal.locator('.xterm-rows', { hasText: 'ready' }).waitFor();
  await fits(page, 'a terminal');
  const press = (name) => terminal.getByRole('button', { name, exact: true }).tap();
  const given = async () =>
    (await terminal.locator('.xterm-rows').innerText()).replaceAll('bytes:', ' ').trim().split(/\s+/).join(' ');
  // What is pressed while tmux and the terminal still get to know each other may be lost.
  await until('the terminal takes keys', async () => {
    await press('Enter');
    return (await given()).endsWith('0d');
  });
  for (const [name, bytes] of Object.entries(KEYS)) {
    await press(name);
    await until(`${name} is pressed`, async () => (await given()).endsWith(` ${bytes}`), 60);
  }
});

async function fits(page, what) {
  const [scroll, client] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(scroll <= client, `${what} is ${scroll} px wide on a phone of ${client} px`);
}
