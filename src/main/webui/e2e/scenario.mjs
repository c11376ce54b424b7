/*
 * What the scenarios share: a browser, the command line, and what a person does with both. Run by
 * DashboardIT, which gives BASE (the service's address), DOOR (what can be done to the hosts, see
 * Door.java), MUSTER (the command), CHROMIUM, TERMINALS (a host and repo whose terminals can be
 * had) and SHOTS (where pictures go).
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { access, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const { BASE, CHROMIUM, DOOR, HOME, SHOTS, TERMINALS } = process.env;
const run = promisify(execFile);

/** In milliseconds: whoever waits for a scenario is not to wait for ever. */
const LONGEST = 480_000;

/** In seconds: a host that was away is tried again after half a minute at most, and then looked at. */
const BACK = 90;

/** The command. */
export const { MUSTER } = process.env;

/** The service's address, and a host and repo whose terminals can be had here. */
export const base = BASE;
export const terminals = TERMINALS;

/** Runs a command; what it printed. It fails as the command does. */
export async function muster(...args) {
  const { stdout } = await run(MUSTER, args, { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

export async function json(...args) {
  return JSON.parse(await muster(...args, '--json'));
}

/** Has something done to a host from outside of the page. */
export async function door(what, host, body = null) {
  const answer = await fetch(`${DOOR}/${what}/${host}`, {
    method: 'POST',
    body: body && JSON.stringify(body),
  });
  assert.equal(answer.status, 200, await answer.text());
}

/** Whether the caller is the first to want this done, and so the one to do it. */
export async function claim(what) {
  return (await fetch(`${DOOR}/claim/${what}`, { method: 'POST' })).ok;
}

/** Starts a session whose agent is a script. */
export async function start(place, name, script = ECHO, ...more) {
  await muster('start', place, '-n', name, ...more, script);
  return session(name);
}

/** Says what it is given, as a terminal program would. */
export const ECHO = 'echo ready; while read -r l; do echo "got: $l"; done';

/** Starts an agent that asks what a scenario has it ask. */
export async function startClaude(place, name, prompt = 'Do what is asked.') {
  await muster('start', place, '-n', name, '--agent', 'claude', prompt);
  const agent = await session(name);
  agents.push(agent);
  return agent;
}

/** Those that this scenario has started: each looks for what it is told, which costs others time. */
const agents = [];

/** Ends them, but for those that another scenario looks at too. */
function endAgents() {
  const own = agents.filter((each) => each.host !== 'hostile');
  return Promise.all(own.map((each) => tell(each, 'stop', '').catch(() => undefined)));
}

/** The board, from the service itself: to ask again and again by commands would keep all else waiting. */
export async function board() {
  const token = (await readFile(join(HOME, '.config/muster/token'), 'utf8')).trim();
  const answer = await fetch(`${base}/api/v1/board`, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200);
  return answer.json();
}

/** @param host where names repeat */
export async function session(name, host = null) {
  return (await board()).sessions.find(
    (each) => each.name === name && (host === null || each.host === host),
  );
}

/**
 * Has the agent of a session ask for a tool, as Claude Code's hook does.
 *
 * @param offers standing permissions
 */
export function ask(row, name, tool, input, offers = []) {
  return tell(row, `${name}.ask`, {
    tool_name: tool,
    tool_input: input,
    permission_suggestions: offers,
  });
}

/** Gives a scripted Claude a file that it acts on (FakeClaude.java): `NAME.hook`, `NAME.status`, … */
export async function tell(row, name, content) {
  const file = join(row.worktree, name);
  await writeFile(`${file}.tmp`, typeof content === 'string' ? content : JSON.stringify(content));
  await rename(`${file}.tmp`, file);
}

/** What the agent was told. */
export async function told(row, name) {
  const file = join(row.worktree, `${name}.told`);
  await until(`${name} is told`, () => access(file).then(() => true, () => false));
  return readFile(file, 'utf8');
}

/** Waits for a condition. */
export async function until(what, holds, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `${what}, within ${seconds} s`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Serious faults of what is shown. */
export async function accessible(page, what) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter((each) => ['serious', 'critical'].includes(each.impact));
  assert.deepEqual(
    serious.map((each) => `${each.id}: ${each.nodes.map((node) => node.target).join(' | ')}`),
    [],
    `${what} has no serious fault`,
  );
}

/** A one-time code. */
export async function code() {
  const address = (await muster('dashboard', '--no-browser')).trim();
  assert.ok(address.startsWith(`${base}/#code=`), address);
  return address.slice(address.indexOf('#'));
}

/**
 * One more host, with one session that has ended, and others that are made of it.
 *
 * @param how the host is (NewHost.java)
 */
export async function forge(host, sessions, how = {}) {
  await door('add', host, how);
  await online(host);
  await muster('start', `${host}:api`, '-n', 'original', 'exit 0');
  await until('it has ended', async () => (await session('original', host))?.state === 'finished');
  await door('forge', host, sessions);
  await online(host);
}

/** Ends a host, and has the service forget what it knows of it. */
export async function forget(host) {
  await door('remove', host);
  await until(`${host} is forgotten`, async () => {
    await muster('forget', host).catch(() => undefined);
    return !(await board()).hosts.some((each) => each.name === host);
  });
}

function online(host) {
  return until(`${host} is online`, async () => {
    const { hosts, sessions } = await board();
    const here = sessions.filter((each) => each.host === host);
    return (
      hosts.some((each) => each.name === host && each.state === 'online') &&
      !here.some((each) => each.stale)
    );
  }, BACK);
}

/** Waits for what a page shows of a host that has to be reached again first. */
export function isBack(locator) {
  return locator.waitFor({ timeout: BACK * 1000 });
}

/** The row of a session on the board. */
export function row(page, name) {
  return page.locator('.board .session', { hasText: name });
}

/**
 * Runs one scenario: `act` is given what makes visitors. Says what failed and what the pages showed,
 * and that no page reported a fault of its own.
 */
export async function scenario(act, options = {}) {
  // It comes up while the command line is at work.
  const launched = chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(options.args ?? []),
    ],
  });
  const faults = [];
  const pages = [];
  setTimeout(() => {
    console.error('it takes too long');
    process.exit(1);
  }, LONGEST).unref();

  /** A tab of a browser of its own. */
  const visitor = async (how = {}) => {
    const browser = await launched;
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...how });
    return tab(context);
  };
  const tab = async (context) => {
    const page = await context.newPage();
    pages.push(page);
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('console', (message) => {
      const ours = page.url().startsWith(base);
      if (ours && message.type() === 'error' && /Content.Security.Policy|TypeError/.test(message.text())) {
        faults.push(message.text());
      }
    });
    return page;
  };
  /** A tab that has come in by a code of its own. */
  const signedIn = async (how = {}, path = '/') => {
    const page = await visitor(how);
    await page.goto(`${base}${path}${await code()}`);
    await page.locator('.top').waitFor();
    return page;
  };

  try {
    await act({ visitor, tab, signedIn, faults });
    assert.deepEqual(faults, [], 'the browser reports no fault');
  } catch (failure) {
    console.error(failure);
    console.error(faults.join('\n'));
    await Promise.all(pages.map(show));
    process.exitCode = 1;
  } finally {
    await endAgents();
    await (await launched).close();
  }
}

async function show(page, index) {
  if (page.isClosed()) {
    return;
  }
  const name = `${basename(process.argv[1], '.mjs')}-${index + 1}.png`;
  try {
    console.error(`--- page ${index + 1}, ${page.url()}, ${join(SHOTS, name)}`);
    console.error((await page.locator('body').innerText({ timeout: 2000 })).slice(0, 4000));
    await page.screenshot({ path: join(SHOTS, name), timeout: 5000 });
  } catch (failure) {
    console.error(`it can't be shown: ${failure.message}`);
  }
}
