import { signal } from '@preact/signals';

/** What a person chose; `system` follows the machine, also when it changes with the hour. */
export type Theme = 'system' | 'light' | 'dark';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const KEY = 'muster.theme';

export const theme = signal<Theme>(kept());

function kept(): Theme {
  const word = localStorage.getItem(KEY) as Theme;
  return THEMES.includes(word) ? word : 'system';
}

/** Puts the theme onto the page: every colour is a `light-dark()` of the style sheet. */
export function wear(): void {
  document.documentElement.dataset['theme'] = theme.value;
}

export function nextTheme(): void {
  const at = THEMES.indexOf(theme.value);
  theme.value = THEMES[(at + 1) % THEMES.length] ?? 'system';
  if (theme.value === 'system') {
    localStorage.removeItem(KEY);
  } else {
    localStorage.setItem(KEY, theme.value);
  }
  wear();
}

// Another tab's choice holds here too.
addEventListener('storage', (event: StorageEvent) => {
  if (event.key === KEY) {
    theme.value = kept();
    wear();
  }
});
