/* What a hostile host says moves no terminal, whatever command prints it, on a real one or into a pipe */
import assert from 'node:assert/strict';
import { board, muster, scenario } from '../scenario.mjs';
import { hostileHost, MARK, UNSEEN } from '../hostile.mjs';
import { onTerminal } from '../pane.mjs';

/** What Muster's own colours are made of; a host's is never among it. */
const COLOURS = /\u001b\[(0|1|2|3[0-9]|9[0-7]|1;3[0-9])?m/g;

await scenario(async () => {
  await hostileHost();
  const forged = (await board()).sessions.find((each) => each.name.startsWith(MARK));
  const commands = [
    ['status'],
    ['status', 'hostile'],
    ['status', '--json'],
    ['inbox'],
    ['inbox', '--json'],
    ['log', 'speaks'],
    ['log', forged.id],
    ['peek', 'speaks'],
    ['diff', 'speaks'],
    ['diff', 'speaks', '--stat'],
    ['hosts'],
    ['doctor', 'hostile'],
    ['usage', '--by', 'model'],
  ];
  const unmarked = new Set([`log ${forged.id}`]);
  const plain = (name, text) => {
    const at = text.search(new RegExp(UNSEEN, 'u'));
    assert.equal(at, -1, `${name}: ${JSON.stringify(text.slice(Math.max(0, at - 60), at + 20))}`);
    assert.ok(unmarked.has(name) || text.includes(MARK), `${name} shows it:\n${text.slice(0, 2000)}`);
  };
  for (const command of commands) {
    // What is found wrong ends with a status of its own, and is printed all the same.
    plain(command.join(' '), await muster(...command).catch((failure) => failure.stdout + failure.stderr));
  }

  await onTerminal(100, 40, async (pane) => {
    for (const command of commands.filter((each) => !each.includes('--json'))) {
      const name = command.join(' ');
      const { bytes, shown, last } = await pane.muster(...command);
      const text = bytes.replace(COLOURS, '').replaceAll('\r\n', '\n');
      plain(name, text);
      // The terminal shows those characters, in that order, and no other.
      assert.equal(bare(shown), bare(text), name);
      assert.match(last, /^end-\d+$/, `${name} leaves the cursor at the beginning of a line`);
      await pane.isAsItWas(name);
    }
  });
});

/** Where a line is broken is the terminal's. */
function bare(text) {
  return text.replace(/\s+/g, '');
}
