/* What a hostile host says moves no terminal, whatever command prints it */
import assert from 'node:assert/strict';
import { json, muster, scenario } from '../scenario.mjs';
import { hostileHost, MARK, UNSEEN } from '../hostile.mjs';

await scenario(async () => {
  await hostileHost();
  const forged = (await json('status')).sessions.find((each) => each.name.startsWith(MARK));
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
  const unmarked = new Set(['hosts', `log ${forged.id}`]);
  for (const command of commands) {
    const name = command.join(' ');
    // What is found wrong ends with a status of its own, and is printed all the same.
    const text = await muster(...command).catch((failure) => failure.stdout + failure.stderr);
    const at = text.search(new RegExp(UNSEEN, 'u'));
    assert.equal(at, -1, `${name}: ${JSON.stringify(text.slice(Math.max(0, at - 60), at + 20))}`);
    assert.ok(unmarked.has(name) || text.includes(MARK), `${name} shows it:\n${text.slice(0, 2000)}`);
  }
});
