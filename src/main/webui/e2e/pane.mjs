/* A real terminal: a pane of a tmux server that only its scenario knows. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MUSTER, until } from './scenario.mjs';

const run = promisify(execFile);
const TITLE = 'as it was';

/** What a terminal is in that nothing has changed but its text. */
const STATE = [
  'pane_title',
  'alternate_on',
  'cursor_flag',
  'insert_flag',
  'keypad_cursor_flag',
  'keypad_flag',
  'mouse_any_flag',
  'origin_flag',
  'scroll_region_lower',
  'scroll_region_upper',
  'wrap_flag',
]
  .map((name) => `${name}=#{${name}}`)
  .join(' ');

/** Has `act` use a terminal of that size, and ends it. */
export async function onTerminal(columns, rows, act) {
  // Short: tmux's socket lies in there.
  const folder = await mkdtemp('/tmp/mp');
  const env = { ...process.env, TERM: 'xterm-256color', PS1: '' };
  const tmux = async (...args) => {
    const how = ['-u', '-S', join(folder, 's'), '-f', '/dev/null'];
    return (await run('tmux', [...how, ...args], { env, maxBuffer: 1 << 26 })).stdout;
  };
  try {
    await tmux(
      ...['set-option', '-g', 'history-limit', '100000', ';', 'set-option', '-g', 'status', 'off', ';'],
      ...['new-session', '-d', '-x', `${columns}`, '-y', `${rows}`, 'exec /bin/sh'],
    );
    await tmux('select-pane', '-T', TITLE);
    await act(new Pane(folder, tmux));
  } finally {
    await tmux('kill-server').catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

class Pane {
  #count = 0;

  constructor(folder, tmux) {
    this.folder = folder;
    this.tmux = tmux;
  }

  /** All of it, what has scrolled away too; lines that the terminal has broken are whole again. */
  text() {
    return this.tmux('capture-pane', '-p', '-J', '-S', '-');
  }

  async type(text) {
    await this.tmux('send-keys', '-l', '--', text);
  }

  async shows(text) {
    await until(`the terminal shows ${text}`, async () => (await this.text()).includes(text), 60);
  }

  /** Types a command of Muster's, and waits for nothing. */
  async begin(...args) {
    await this.type(`'${MUSTER}' ${args.map((each) => `'${each}'`).join(' ')}\n`);
  }

  /**
   * Runs a command of Muster's to its end.
   *
   * @return its bytes, what the terminal shows of them, and what the terminal has become
   */
  async muster(...args) {
    const file = join(this.folder, `bytes-${++this.#count}`);
    const words = args.map((each) => `'${each}'`).join(' ');
    await this.tmux('send-keys', '-R');
    await this.tmux('clear-history');
    await this.type(`stty -echo; clear; printf 'begin-%s\\n' ${this.#count}\n`);
    await this.shows(`begin-${this.#count}\n`);
    await this.tmux('pipe-pane', `exec cat >'${file}'`);
    await this.type(`'${MUSTER}' ${words}; printf 'end-%s\\n' ${this.#count}\n`);
    const end = `end-${this.#count}`;
    await until(`${args.join(' ')} ends`, async () => (await this.text()).trimEnd().endsWith(end), 60);
    // Who writes it may not even have begun.
    const written = () => readFile(file, 'utf8').catch(() => '');
    await until('all of it is written', async () => (await written()).trimEnd().endsWith(end), 60);
    await this.tmux('pipe-pane');
    const bytes = await readFile(file, 'utf8');
    const shown = await this.text();
    return {
      bytes: bytes.slice(0, bytes.lastIndexOf(end)),
      shown: shown.slice(shown.indexOf(`begin-${this.#count}\n`) + end.length + 3, shown.lastIndexOf(end)),
      last: shown.trimEnd().split('\n').at(-1),
    };
  }

  /** Nothing that it ran has changed it. */
  async isAsItWas(what) {
    const said = await this.tmux('display-message', '-p', STATE);
    this.before ??= said;
    assert.match(said, new RegExp(`^pane_title=${TITLE} `), what);
    assert.equal(said, this.before, what);
    // What is written next has no colour and no other form.
    const formed = (await this.tmux('capture-pane', '-p', '-e')).trimEnd().split('\n').at(-1);
    assert.match(formed, /^(\u001b\[(0|39|49)m)*end-\d+$/, what);
  }
}
