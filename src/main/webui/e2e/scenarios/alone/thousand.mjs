/* A thousand sessions are listed, found and scrolled through without a halt */
import assert from 'node:assert/strict';
import { forge, forget, scenario } from '../../scenario.mjs';

const MANY = 1000;
const names = Array.from({ length: MANY }, (_, i) => `task-${String(i).padStart(4, '0')}`);

await scenario(async ({ signedIn }) => {
  await forge('archive', names.map((name) => ({ name, branch: `muster/${name}` })));
  const page = await signedIn({}, '/?host=archive&group=host');
  const list = page.locator('.board [role=list]');
  await page.getByText(`${MANY + 1}`).first().waitFor();
  assert.equal(await list.locator('[role=listitem]').first().getAttribute('aria-setsize'), '1002');

  // From end to end, half a screen a frame. What keeps it smooth holds on any machine: a step draws
  // some dozens of rows, however many there are. How long a step takes is said, and only a halt fails.
  const { seen, longest, most, frames } = await list.evaluate(async (box) => {
    const seen = new Set();
    let longest = 0;
    let most = 0;
    let frames = 0;
    const look = () => {
      const rows = box.querySelectorAll('.session .name > bdi');
      rows.forEach((name) => seen.add(name.textContent));
      most = Math.max(most, rows.length);
    };
    for (let at = 0; at <= box.scrollHeight; at += box.clientHeight / 2) {
      const from = performance.now();
      box.scrollTop = at;
      box.dispatchEvent(new Event('scroll'));
      await Promise.resolve();
      look();
      longest = Math.max(longest, performance.now() - from);
      await new Promise((done) => requestAnimationFrame(done));
      look();
      frames++;
    }
    return { seen: [...seen], longest, most, frames };
  });
  console.log(`${frames} frames, ${most} rows at most, the longest took ${longest.toFixed(1)} ms`);
  assert.deepEqual(names.filter((name) => !seen.includes(name)), [], 'each of them was seen');
  assert.ok(most < 100, `${most} rows are drawn of a thousand`);
  assert.ok(longest < 2000, `a step of scrolling took ${longest} ms`);

  await page.getByRole('searchbox', { name: /Filter/ }).fill('task-0777');
  await page.locator('.session', { hasText: 'task-0777' }).waitFor();
  assert.equal(await page.locator('.session').count(), 1);
  await forget('archive');
  await page.locator('.session').waitFor({ state: 'detached' });
});
