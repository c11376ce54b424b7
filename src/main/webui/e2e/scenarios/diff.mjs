/* A comment on lines of a diff reaches the agent as its next prompt, and a terminal is searched */
import { row, scenario, start, terminals } from '../scenario.mjs';

const SCRIPT =
  'printf "one\\ntwo\\nthree\\n" >words.txt; echo ready; while read -r l; do echo "got: $l"; done';

await scenario(async ({ signedIn }) => {
  await start(terminals, 'commented', SCRIPT);
  const page = await signedIn({ viewport: { width: 1600, height: 1000 } }, '/?q=commented');
  await row(page, 'commented').click();
  const pane = page.locator('.pane', { hasText: 'commented' });
  const screen = pane.locator('.xterm-rows');
  // Its words are written then.
  await screen.filter({ hasText: 'ready' }).waitFor();
  await pane.getByRole('tab', { name: 'Diff' }).click();
  const patch = pane.getByRole('table', { name: /words\.txt/ });
  await patch.getByText('three').waitFor();
  await pane.getByRole('button', { name: 'Side by side' }).click();
  await pane.locator('table.split').getByText('three').waitFor();
  await pane.getByRole('button', { name: 'Unified' }).click();
  await pane.locator('table.unified').getByText('three').waitFor();

  // From the first line that can be picked to the second, and one more.
  await patch.focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'Shift+ArrowDown', 'Enter']) {
    await page.keyboard.press(key);
  }
  await pane.getByRole('form', { name: 'Comment on lines 2-3' }).waitFor();
  await page.keyboard.type('say it in German');
  await page.keyboard.press('Control+Enter');
  await pane.locator('.remark').getByText(/typed|delivered/).first().waitFor();

  await pane.getByRole('tab', { name: 'Terminal' }).click();
  await screen.filter({ hasText: 'got: About words.txt, lines 2-3:' }).waitFor();
  await screen.filter({ hasText: 'got: +three' }).waitFor();
  await screen.filter({ hasText: 'got: say it in German' }).waitFor();

  await pane.getByRole('searchbox', { name: 'Find in this terminal' }).fill('German');
  await pane.locator('.find', { hasText: /1.*\d/ }).waitFor();
});
