/* All is done by the keyboard alone, from the first page to an approval and a prompt */
import assert from 'node:assert/strict';
import { ask, row, scenario, startClaude, told } from '../scenario.mjs';

await scenario(async ({ signedIn }) => {
  const agent = await startClaude('dev-1:api', 'by-keys');
  const page = await signedIn();
  // Nothing that the mouse does is to help.
  await page.evaluate(() => {
    for (const type of ['click', 'pointerdown', 'mousedown']) {
      addEventListener(
        type,
        (event) => {
          if (event.isTrusted && event.detail > 0) {
            event.stopImmediatePropagation();
            event.preventDefault();
          }
        },
        true,
      );
    }
  });

  await page.keyboard.press('/');
  await page.locator('#search:focus').waitFor();
  await page.keyboard.type('by-keys');
  await row(page, 'by-keys').waitFor();
  await focusOn(page, '.session');
  assert.match(await focused(page), /by-keys/);
  await page.keyboard.press('Enter');
  await page.locator('.pane', { hasText: 'by-keys' }).waitFor();
  await page.keyboard.press('Alt+1');
  await page.locator('.pane:focus').waitFor();

  await ask(agent, 'keys', 'Bash', { command: 'make deploy' });
  await page.locator('.pane .request').waitFor();
  await focusOn(page, '.pane .request button', 'Allow');
  await page.keyboard.press('Enter');
  assert.match(await told(agent, 'keys'), /allow/);

  await ask(agent, 'more', 'Bash', { command: 'make more' });
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Alt+w');
  await page.locator('.pane').waitFor({ state: 'detached' });
  await page.keyboard.press('i');
  await page.locator('.inbox .request', { hasText: 'make more' }).waitFor();
  await focusOn(page, '.inbox .request input[type=text]', '', 'make more');
  await page.keyboard.type('not now');
  await focusOn(page, '.inbox .request button', 'Deny', 'make more');
  await page.keyboard.press('Space');
  assert.match(await told(agent, 'more'), /deny.*not now/s);

  await page.keyboard.press('h');
  await page.locator('.hosts').waitFor();
  await page.keyboard.press('n');
  await page.locator('.start').waitFor();
});

/**
 * Tabs until something is focused that a person sees to be focused.
 *
 * @param request what the request says that it belongs to
 */
async function focusOn(page, selector, text = '', request = '') {
  for (let i = 0; i < 300; i++) {
    const there = await page.evaluate(
      ([wanted, label, said]) => {
        const at = document.activeElement;
        return (
          at?.matches(wanted) &&
          at.textContent.trim().startsWith(label) &&
          (!said || at.closest('.request').textContent.includes(said))
        );
      },
      [selector, text, request],
    );
    if (there) {
      const outline = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement);
        return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
      });
      assert.ok(outline, `${selector} ${text} shows that it is focused`);
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`the Tab key does not reach ${selector} ${text}`);
}

function focused(page) {
  return page.evaluate(() => document.activeElement?.textContent ?? '');
}
