/* The board weighs less than 250 KB, and loads the terminal only when one is opened */
import assert from 'node:assert/strict';
import { base, code, row, scenario, start, terminals, until } from '../scenario.mjs';

const MOST = 250 * 1024;

await scenario(async ({ visitor }) => {
  await start(terminals, 'light');
  const page = await visitor();
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  const urls = new Map();
  let bytes = 0;
  client.on('Network.responseReceived', ({ requestId, response }) => {
    urls.set(requestId, response.url);
  });
  client.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(`${base}/?q=light${await code()}`);
  await row(page, 'light').waitFor();
  await until('its bytes are counted', () => bytes > 10_000);
  assert.ok(bytes < MOST, `${bytes} bytes for the board`);
  const terminal = () => [...urls.values()].filter((url) => /TerminalPane/.test(url));
  assert.deepEqual(terminal(), []);
  console.log(`the board weighs ${Math.round(bytes / 1024)} KB`);

  await row(page, 'light').click();
  await page.locator('.xterm-rows', { hasText: 'ready' }).waitFor();
  await until('the terminal is told of', () => terminal().length > 0);
  for (const url of urls.values()) {
    assert.ok(url.startsWith(`${base}/`), `nothing comes from elsewhere, not ${url}`);
  }
});
