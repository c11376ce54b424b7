import { createLowlight } from 'lowlight';
import typescript from 'highlight.js/lib/languages/typescript';
import { expect, test } from 'vitest';
import { languageOf } from './language';
import { byLine } from './tokens';

const lowlight = createLowlight({ typescript });

function tokens(text: string) {
  return byLine(lowlight.highlight('typescript', text, { prefix: 'hl-' }));
}

test('colours each line, over their ends', () => {
  const lines = tokens('const a = 1;\n/* one\ntwo */');
  expect(lines[0]?.[0]).toEqual({ text: 'const', kind: 'hl-keyword' });
  expect(lines[1]).toEqual([{ text: '/* one', kind: 'hl-comment' }]);
  expect(lines[2]).toEqual([{ text: 'two */', kind: 'hl-comment' }]);
});

test('gives every character back', () => {
  const hostile = '<script>alert(1)</script>\n\u202e`${x}`\r\n\u0000"&lt;"\n';
  expect(tokens(hostile).map((line) => line.map((token) => token.text).join('')).join('\n')).toBe(
    hostile,
  );
});

test('knows a language by the end of a name', () => {
  expect(['a/b.TS', 'Makefile', 'x.tar.gz', 'Dockerfile', '.bashrc', 'a.py'].map(languageOf)).toEqual([
    'typescript',
    'makefile',
    null,
    'dockerfile',
    null,
    'python',
  ]);
});
