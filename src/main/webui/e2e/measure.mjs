/*
 * Measures the page in a real browser; run by `make bench` (PageTimes.java). Besides what
 * scenario.mjs takes, it is given AGENTS (JSON: of each session the pipe that its agent reports
 * from) and FLOOD (the id of a session that prints without end). Prints one line of JSON.
 */
import { openSync, writeSync } from 'node:fs';
import { base, code, scenario } from './scenario.mjs';

const ROUNDS = 8;
const pipes = Object.entries(JSON.parse(process.env.AGENTS));
const now = () => performance.timeOrigin + performance.now();

await scenario(async ({ visitor, signedIn }) => {
  const result = { paint: [], rows: [], change: [], flooded: [], heap: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const page = await visitor();
    await page.goto(`${base}/${await code()}`);
    await page.locator('.session').first().waitFor();
    const rows = await page.evaluate(() => performance.now());
    // It is told of a moment after the frame that it was.
    const told = await page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    );
    const paint = await told.jsonValue();
    // The first one warms the browser and the service up.
    if (round > 0) {
      result.paint.push(paint);
      result.rows.push(rows);
    }
    await page.context().close();
  }

  // So high that the row of every session is drawn.
  const board = await signedIn({ viewport: { width: 1280, height: 5000 } });
  await changes(board, result.change, 7);

  const [first] = pipes;
  const pane = await signedIn(
    { viewport: { width: 1600, height: 1000 } },
    `/?q=${first[0].slice(0, -1)}&pane=${process.env.FLOOD}.terminal`,
  );
  await pane.locator('.xterm-rows', { hasText: 'jack' }).waitFor();
  const heap = () => pane.evaluate(() => performance.memory.usedJSHeapSize / 1024 / 1024);
  const before = await heap();
  const near = pipes.filter(([name]) => name.startsWith(first[0].slice(0, -1)));
  await changes(pane, result.flooded, 14, near);
  result.heap.push((await heap()) - before);
  console.log(JSON.stringify(result));
});

/** Has each agent report something, and takes the time until it is in the page. */
async function changes(page, samples, rounds, of = pipes) {
  const opened = of.map(([name, path]) => [name, openSync(path, 'r+')]);
  await page.locator('.session', { hasText: of.at(-1)[0] }).waitFor();
  await page.evaluate(() => {
    window.watch = (text) =>
      new Promise((seen) => {
        const observer = new MutationObserver((records) => {
          if (records.some((each) => each.target.textContent.includes(text))) {
            observer.disconnect();
            seen(performance.timeOrigin + performance.now());
          }
        });
        const all = { subtree: true, childList: true, characterData: true };
        observer.observe(document.querySelector('.board'), all);
      });
  });
  for (let round = 0; round <= rounds; round++) {
    for (const [name, pipe] of opened) {
      const said = `${name} at ${now().toFixed(3)}`;
      await page.evaluate((text) => (window.seen = window.watch(text)) && null, said);
      const from = now();
      writeSync(pipe, `${said}\n`);
      const took = (await page.evaluate(() => window.seen)) - from;
      if (round > 0) {
        samples.push(took);
      }
    }
  }
}
