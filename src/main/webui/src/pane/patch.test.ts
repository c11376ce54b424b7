import { expect, test } from 'vitest';
import { files } from './patch';

const PATCH = `diff --git a/src/a.ts b/src/a.ts
index 1..2 100644
--- a/src/a.ts
+++ b/src/a.ts
@@ -1,2 +1,3 @@ head
 one
-two
+++ two
+three
\\ No newline at end of file
diff --git a/new name.txt b/new name.txt
new file mode 100644
--- /dev/null
+++ b/new name.txt
@@ -0,0 +1 @@
+<script>alert(1)</script>
`;

test('numbers the lines of each file', () => {
  const [first, second] = files(PATCH);
  expect(first?.path).toBe('src/a.ts');
  expect(first?.lines.map((l) => [l.kind, l.old, l.new, l.text])).toEqual([
    ['hunk', null, null, '@@ -1,2 +1,3 @@ head'],
    ['context', 1, 1, 'one'],
    ['removed', 2, null, 'two'],
    ['added', null, 2, '++ two'],
    ['added', null, 3, 'three'],
    ['note', null, null, '\\ No newline at end of file'],
  ]);
  expect(second?.path).toBe('new name.txt');
  expect(second?.lines.at(-1)?.text).toBe('<script>alert(1)</script>');
});
