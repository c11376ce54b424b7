/* The README's pictures show the page as it is now */
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { base, board, scenario } from '../scenario.mjs';
import { shop } from '../shop.mjs';

/*
 * `make screenshots` takes them anew (UPDATE is where to). Else they are compared with the page in
 * what a person would miss first: the parts that it is made of. Pixels differ from one machine's
 * fonts to another's.
 */
const { SHOTS, UPDATE } = process.env;
/** In a world with other scenarios' sessions. */
const ONLY = UPDATE ? '' : 'label=shop%3Dtrue';
const KEPT = new URL('../../screenshots/', import.meta.url).pathname;

await scenario(async ({ signedIn }) => {
  await shop();
  const look = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' };
  const page = await signedIn({ ...look, colorScheme: 'light' }, `/?${ONLY}`);
  await page.locator('.session').nth(6).waitFor();
  await page.locator('.standing.live').waitFor();
  await shot(page, 'board');

  await page.goto(`${base}/?page=inbox`);
  await page.locator('.request').nth(2).waitFor();
  await shot(page, 'inbox');

  const dark = await signedIn({ ...look, viewport: { width: 1600, height: 1000 }, colorScheme: 'dark' });
  const panes = ['archive-orders.terminal', 'orders-pages.diff', 'checkout.terminal', 'dark-mode.log'];
  const { sessions: rows } = await board();
  const query = panes.map((each) => {
    const [name, kind] = each.split('.');
    return `pane=${rows.find((row) => row.name === name).id}.${kind}`;
  });
  await dark.goto(`${base}/?${[ONLY, ...query].join('&')}`);
  await dark.locator('.pane .xterm-rows', { hasText: 'Apply 0003_archive_orders' }).waitFor();
  await dark.locator('.pane .xterm-rows', { hasText: 'checkout' }).waitFor();
  await dark.locator('.pane .diff', { hasText: 'PAGE' }).waitFor();
  await dark.locator('.pane .log li').nth(2).waitFor();
  await shot(dark, 'panes');
});

async function shot(page, name) {
  const parts = `${(await structure(page)).join('\n')}\n`;
  const folder = UPDATE ?? SHOTS;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  await writeFile(join(folder, `${name}.txt`), parts);
  if (!UPDATE) {
    const kept = await readFile(join(KEPT, `${name}.txt`), 'utf8');
    assert.equal(parts, kept, `${name}.png shows an older page: make screenshots, and look at them`);
    const png = await readFile(join(KEPT, `${name}.png`));
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
  }
}

/** The landmarks, headings and controls in sight, each once, by role and name; no data among them. */
function structure(page) {
  return page.evaluate(() => {
    const found = new Set();
    const fixed = 'nav button, .filters > input, .filters summary, .kinds button, [role=tab], .tools button';
    document.querySelectorAll('header, main, section, form, footer, aside').forEach((each) => {
      const classes = [...each.classList].filter((one) => !/^of-|^(stale|live|focused)/.test(one));
      found.add([each.tagName.toLowerCase(), ...classes.sort()].join('.'));
    });
    document.querySelectorAll(fixed).forEach((each) => {
      const name = each.getAttribute('aria-label') ?? each.textContent;
      found.add(`${each.tagName.toLowerCase()} ${name.replace(/[\d:].*$/, '').trim()}`);
    });
    return [...found].sort();
  });
}
