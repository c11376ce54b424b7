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

test('reads names however git writes them', () => {
  const named = (text: string) => files(text).map((file) => [file.oldPath, file.path]);
  expect(
    named('diff --git a/a b.txt b/a b.txt\n--- a/a b.txt\t\n+++ b/a b.txt\t\n@@ -1 +1 @@\n-x\n+y\n'),
  ).toEqual([['a b.txt', 'a b.txt']]);
  expect(
    named(
      'diff --git a/moved.txt "b/h\\303\\244r\\n\\"e.txt"\nsimilarity index 100%\n' +
        'rename from moved.txt\nrename to "h\\303\\244r\\n\\"e.txt"\n',
    ),
  ).toEqual([['moved.txt', 'här\n"e.txt']]);
  expect(named('diff --git a/x b/x b/x b/x\nold mode 100644\nnew mode 100755\n')).toEqual([
    ['x b/x', 'x b/x'],
  ]);
  expect(named('diff --git "a/\\377" "b/\\377"\nBinary files differ\n')).toEqual([['ÿ', 'ÿ']]);
  expect(named('diff --git a/gone b/gone\n--- a/gone\n+++ /dev/null\n')).toEqual([['gone', 'gone']]);
});

test('takes no content for a head', () => {
  const patch =
    'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n--- a/y\n+++ b/y\n diff --git a/z b/z\n';
  const [file, ...others] = files(patch);
  expect(others).toEqual([]);
  expect(file?.lines.map((each) => [each.kind, each.text])).toEqual([
    ['hunk', '@@ -1,2 +1,2 @@'],
    ['removed', '-- a/y'],
    ['added', '++ b/y'],
    ['context', 'diff --git a/z b/z'],
  ]);
  expect([file?.added, file?.removed]).toEqual([1, 1]);
});
