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
  // some dozens of rows, however many there are. How long a step takes is said, and what it usually
  // takes must be no halt: a single one may be the machine's.
  const { seen, usual, longest, most } = await list.evaluate(async (box) => {
    const seen = new Set();
    const steps = [];
    let most = 0;
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
      steps.push(performance.now() - from);
      await new Promise((done) => requestAnimationFrame(done));
      look();
    }
    steps.sort((a, b) => a - b);
    return { seen: [...seen], usual: steps[steps.length >> 1], longest: steps.at(-1), most };
  });
  console.log(`${most} rows at most; a step took ${usual.toFixed(1)} ms, the longest ${longest.toFixed(1)} ms`);
  assert.deepEqual(names.filter((name) => !seen.includes(name)), [], 'each of them was seen');
  assert.ok(most < 100, `${most} rows are drawn of a thousand`);
  assert.ok(usual < 500, `a step of scrolling took ${usual} ms`);

  await page.getByRole('searchbox', { name: /Filter/ }).fill('task-0777');
  await page.locator('.session', { hasText: 'task-0777' }).waitFor();
  await page.locator('.session').nth(1).waitFor({ state: 'detached' });
  await forget('archive');
  await page.locator('.session').waitFor({ state: 'detached' });
});
