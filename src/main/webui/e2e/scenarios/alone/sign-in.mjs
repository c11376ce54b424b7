/* A code opens the page once, for all tabs of that browser and for no other */
import assert from 'node:assert/strict';
import { base, code, muster, scenario } from '../../scenario.mjs';

await scenario(async ({ visitor, tab }) => {
  const once = await code();
  const page = await visitor();
  await page.goto(`${base}/${once}`);
  await page.locator('.board').waitFor();
  assert.equal(new URL(page.url()).hash, '', 'the code is gone from the address');
  assert.deepEqual(await page.context().cookies(), [], 'nothing is kept in a cookie');

  const second = await tab(page.context());
  await second.goto(base);
  await second.locator('.board').waitFor();

  const other = await visitor();
  await other.goto(base);
  await other.locator('.sign-in').waitFor();
  await other.goto(`${base}/${once}`);
  await other.reload();
  await other.locator('.sign-in').waitFor();

  await muster('dashboard', '--sign-out');
  await page.locator('.sign-in').waitFor();
  await second.locator('.sign-in').waitFor();
});
