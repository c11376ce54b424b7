const ENDINGS: Record<string, string> = {
  bash: 'sh bash zsh ksh env',
  c: 'c h',
  cpp: 'cc cpp cxx hpp hh hxx',
  csharp: 'cs',
  css: 'css',
  dockerfile: 'dockerfile',
  elixir: 'ex exs',
  go: 'go',
  gradle: 'gradle',
  haskell: 'hs',
  ini: 'ini toml cfg conf properties',
  java: 'java',
  javascript: 'js jsx mjs cjs',
  json: 'json jsonc',
  kotlin: 'kt kts',
  lua: 'lua',
  makefile: 'mk makefile',
  markdown: 'md markdown',
  perl: 'pl pm',
  php: 'php',
  python: 'py pyi',
  ruby: 'rb gemfile rakefile',
  rust: 'rs',
  scala: 'scala sbt',
  scss: 'scss',
  sql: 'sql',
  swift: 'swift',
  typescript: 'ts tsx mts cts',
  xml: 'xml html htm svg vue pom',
  yaml: 'yaml yml',
};

const BY_ENDING = new Map(
  Object.entries(ENDINGS).flatMap(([language, endings]) =>
    endings.split(' ').map((ending) => [ending, language] as const),
  ),
);

/** The grammar for a file, by its name; null where there is none. */
export function languageOf(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const dot = name.lastIndexOf('.');
  return BY_ENDING.get(dot >= 0 ? name.slice(dot + 1) : name) ?? null;
}
