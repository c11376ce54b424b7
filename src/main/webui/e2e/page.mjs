/*
 * The page in a real browser, on a running service with one session `first` whose agent echoes what
 * is typed. Run by DashboardIT, which gives BASE (the service's address), CODES (codes that were not
 * used, with commas between) and CHROMIUM (the browser). Says what failed, and exits with 1.
 */
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const { BASE: base, CODES, CHROMIUM: executablePath } = process.env;
const codes = CODES.split(',');
const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const faults = [];

async function visitor(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|TypeError/.test(message.text())) {
      faults.push(message.text());
    }
  });
  return { context, page };
}

async function accessible(page, what) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter((each) => ['serious', 'critical'].includes(each.impact));
  assert.deepEqual(
    serious.map((each) => `${each.id}: ${each.nodes[0]?.target}`),
    [],
    `${what} has no serious fault`,
  );
}

try {
  const { context, page } = await visitor();
  await page.goto(`${base}/#code=${codes[0]}`);
  await page.waitForSelector('.session');
  assert.equal(new URL(page.url()).hash, '', 'the code is gone from the address');
  await accessible(page, 'the board');

  await page.locator('.session').first().click();
  await page.locator('.xterm-helper-textarea').waitFor({ state: 'attached' });
  await page.locator('.xterm').click();
  await page.keyboard.type('hello from the page\n');
  await page.locator('.xterm-rows', { hasText: 'got: hello from the page' }).waitFor();
  await accessible(page, 'a pane');

  await page.locator('.pane').getByRole('tab', { name: 'Log' }).click();
  await page.locator('.log', { hasText: 'the agent runs' }).waitFor();
  const before = page.url();
  await page.reload();
  await page.locator('.pane .log', { hasText: 'the agent runs' }).waitFor();
  assert.equal(page.url(), before, 'the same panes after a reload');

  const second = await context.newPage();
  await second.goto(`${base}/`);
  await second.waitForSelector('.session', { timeout: 30_000 });

  const other = await visitor();
  await other.page.goto(`${base}/`);
  await other.page.waitForSelector('.sign-in');
  await other.page.goto(`${base}/#code=${codes[0]}`);
  await other.page.reload();
  await other.page.waitForSelector('.sign-in');

  const phone = await visitor({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
  await phone.page.goto(`${base}/#code=${codes[1]}`);
  await phone.page.waitForSelector('.session');
  const wide = await phone.page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  assert.equal(wide, false, 'nothing is wider than a phone');
  await accessible(phone.page, 'the board on a phone');

  await phone.page.keyboard.press('n');
  await phone.page.locator('.start textarea').waitFor();
  await accessible(phone.page, 'the form');
  assert.deepEqual(faults, [], 'the browser reports no fault');
  console.log('the page works');
} catch (failure) {
  console.error(failure);
  console.error(faults.join('\n'));
  process.exitCode = 1;
} finally {
  await browser.close();
}
