/* The sessions that the README's pictures show: the demo's shop, a few days into its work. */
import { ask, board, muster, session, tell, until } from './scenario.mjs';

function demo(place, name, task) {
  return muster('start', place, '-n', name, '--agent', 'demo', '--label', 'shop=true', task);
}

/** A session of Claude Code, as far as its hooks and its status line tell. */
async function claude(place, name, model, [cost, context], task, doing) {
  await muster('start', place, '-n', name, '--agent', 'claude', '--label', 'shop=true', task);
  const row = await session(name);
  await tell(row, 'a.screen', SCREEN(model, task, doing));
  await tell(row, 'a.status', {
    model: { id: model },
    cost: { total_cost_usd: cost, total_lines_added: 120, total_lines_removed: 31 },
    context_window: {
      total_input_tokens: Math.round(cost * 96_000),
      total_output_tokens: Math.round(cost * 7_400),
      context_window_size: 200_000,
      used_percentage: context,
    },
    rate_limits: {
      five_hour: { used_percentage: 37, resets_at: Math.floor(Date.now() / 1000) + 7_260 },
      seven_day: { used_percentage: 61, resets_at: Math.floor(Date.now() / 1000) + 260_000 },
    },
  });
  await tell(row, 'b.hook', { hook_event_name: 'UserPromptSubmit', prompt: task });
  return row;
}

const SCREEN = (model, task, doing) =>
  [
    `\u001b[1m\u001b[38;5;173m✻\u001b[0m \u001b[1mClaude Code\u001b[0m \u001b[2m${model}\u001b[0m`,
    '',
    `\u001b[2m>\u001b[0m ${task}`,
    '',
    ...doing.map((each) => `\u001b[32m●\u001b[0m ${each}`),
    '',
  ].join('\n');

/** Starts all seven, each brought to where the pictures want it. */
export async function shop() {
  await demo(
    'staging:api',
    'archive-orders',
    'Write the migration that archives orders instead of deleting them. Ask before you apply it here.',
  );
  await demo(
    'laptop:web',
    'dark-mode',
    'Add a dark mode to the settings page, remember what was chosen, and test it.',
  );
  await demo(
    'dev-1:api',
    'orders-pages',
    'GET /orders answers every order at once. Give it pages with a cursor, with tests.',
  );
  const refund = await claude(
    'dev-1:api',
    'refunds',
    'claude-opus-4-8',
    [1.84, 46],
    'Refund an order in parts. Start from the tests.',
    ['Read api/orders.py', 'Wrote tests/test_refunds.py', 'Running the new tests first'],
  );
  await ask(refund, 'one', 'Bash', {
    command: 'python -m pytest tests/test_refunds.py -q --maxfail=1',
    description: 'Run the new tests',
  });
  const stock = await claude(
    'staging:api',
    'stock-count',
    'claude-sonnet-5-5',
    [0.37, 18],
    'Count stock when an order is paid, and never below zero.',
    ['Read api/orders.py and migrations/', 'Planning the change to pay_order'],
  );
  await ask(stock, 'two', 'Edit', {
    file_path: '/srv/api.worktrees/stock-count/api/orders.py',
    old_string: 'def list_orders(db):\n    return db.query("SELECT * FROM orders ORDER BY id")',
    new_string:
      'def list_orders(db):\n    return db.query("SELECT * FROM orders WHERE paid ORDER BY id")',
  });
  const checkout = await claude(
    'laptop:web',
    'checkout',
    'claude-opus-4-8',
    [2.61, 82],
    'The checkout forgets the address when the card is refused. Keep it.',
    ['Read src/checkout.js', 'The form is made anew after a refusal', 'checkout: keeping its state'],
  );
  await ask(checkout, 'three', 'AskUserQuestion', {
    questions: [
      {
        question: 'Where should the address be kept?',
        header: 'Address',
        multiSelect: false,
        options: [
          { label: 'In memory', description: 'Gone when the tab is closed' },
          { label: 'In sessionStorage', description: 'Survives a reload, not a new tab' },
        ],
      },
    ],
  });
  const search = await claude(
    'dev-1:api',
    'search-index',
    'claude-sonnet-5-5',
    [0.92, 31],
    'Orders are found by customer and by day. Measure before and after.',
    ['Read api/orders.py', 'Measuring the queries of today'],
  );
  await tell(search, 'c.hook', {
    hook_event_name: 'PreToolUse',
    tool_name: 'Bash',
    tool_input: { command: 'python bench/orders.py --days 30', description: 'Measure' },
    tool_use_id: 'toolu_1',
  });
  const ended = { 'archive-orders': 'needs-input', 'dark-mode': 'finished', 'orders-pages': 'finished' };
  for (const [name, state] of Object.entries(ended)) {
    await until(`${name} is ${state}`, async () => (await session(name)).state === state, 60);
  }
  const asking = [refund, stock, checkout].map((each) => each.id);
  await until('all three ask', async () => {
    const { requests } = await board();
    return asking.every((id) => requests.some((each) => each.session === id));
  });
  await until('search-index works', async () => (await session('search-index')).state === 'working');
  await until('costs are read', async () => (await session('checkout')).usage?.costUsd > 2);
}
