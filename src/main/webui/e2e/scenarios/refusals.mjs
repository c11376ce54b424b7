/* Pages of other origins, ports and names get nothing, not even with the user's browser */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { base, scenario, start, terminals } from '../scenario.mjs';

const { port } = new URL(base);

/** What a page tries; each attempt ends with what came of it. */
async function attack([target, session]) {
  const tried = {};
  const attempt = async (name, act) => {
    try {
      tried[name] = await act();
    } catch (error) {
      tried[name] = `refused: ${error.name}`;
    }
  };
  const api = `${target}/api/v1`;
  await attempt('read', async () => (await fetch(`${api}/board`)).status);
  await attempt('read with cookies', async () =>
    (await fetch(`${api}/board`, { credentials: 'include' })).status,
  );
  await attempt('send', async () => {
    const body = new URLSearchParams({ text: 'rm -rf ~' });
    const how = { method: 'POST', body, mode: 'no-cors', credentials: 'include' };
    return (await fetch(`${api}/sessions/${session}/prompts`, how)).type;
  });
  const socket = (url) =>
    new Promise((done) => {
      const opened = new WebSocket(url);
      opened.onopen = () => done('open');
      opened.onerror = () => done('refused');
    });
  await attempt('terminal', () =>
    socket(`${api.replace('http', 'ws')}/sessions/${session}/terminal`),
  );
  const frame = document.createElement('iframe');
  frame.src = target;
  const loaded = new Promise((done) => (frame.onload = done));
  document.body.append(frame);
  await loaded;
  await attempt('frame', () => frame.contentDocument?.querySelector('#page')?.textContent ?? 'shut');
  await attempt('worker', () => {
    new SharedWorker(`${target}/assets/worker.js`);
    return 'open';
  });
  return tried;
}

await scenario(
  async ({ signedIn, tab }) => {
    const victim = await start(terminals, 'victim');
    const server = createServer((request, answer) => {
      answer.setHeader('Content-Type', 'text/html');
      answer.setHeader('Set-Cookie', 'muster=stolen');
      answer.end('<!doctype html><body>a dev server</body>');
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    const at = server.address().port;
    try {
      const owner = await signedIn({}, '/?q=victim');
      await owner.locator('.session', { hasText: 'victim' }).waitFor();
      const page = await tab(owner.context());
      // Another port of the same machine, which is the same site, and a name of its own.
      for (const origin of [`http://127.0.0.1:${at}`, `http://evil.example:${at}`]) {
        await page.goto(origin);
        assert.deepEqual(await page.evaluate(attack, [base, victim.id]), {
          read: 'refused: TypeError',
          'read with cookies': 'refused: TypeError',
          send: 'refused: TypeError',
          terminal: 'refused',
          frame: 'shut',
          worker: 'refused: SecurityError',
        });
      }

      // A form is sent by the browser itself, without asking first.
      await page.goto(`http://127.0.0.1:${at}`);
      const [answer] = await Promise.all([
        page.waitForResponse((each) => each.url().startsWith(base)),
        page.waitForURL(/stop$/),
        page.evaluate(
          ([target, session]) => {
            const form = document.createElement('form');
            form.method = 'post';
            form.enctype = 'text/plain';
            form.action = `${target}/api/v1/sessions/${session}/stop`;
            document.body.append(form);
            form.submit();
          },
          [base, victim.id],
        ),
      ]);
      assert.equal(answer.status(), 403);

      // DNS rebinding: the page's own name leads to the service now.
      const rebound = await page.goto(`http://rebound.example:${port}/`);
      assert.equal(rebound.status(), 421);
      assert.match(await rebound.text(), /Host header/);

      // Nothing of all that has come through.
      await owner.locator('.session', { hasText: 'victim' }).click();
      const screen = owner.locator('.pane .xterm-rows');
      await screen.filter({ hasText: 'ready' }).waitFor();
      assert.doesNotMatch(await screen.innerText(), /rm -rf/);
      await owner.locator('.session', { hasText: 'victim' }).getByText('working').waitFor();
    } finally {
      server.close();
    }
  },
  { args: ['--host-resolver-rules=MAP *.example 127.0.0.1'] },
);
