/// <reference lib="webworker" />
import { createLowlight, type LanguageFn } from 'lowlight';
import { GRAMMARS } from './grammars';
import { byLine, type Token } from './tokens';

/*
 * Colours text of a host, away from the page: an expression that a hostile text drives mad holds up
 * this worker only, and is ended with it.
 */
declare const self: DedicatedWorkerGlobalScope;

export interface Ask {
  id: number;
  language: string;
  text: string;
}

export interface Answer {
  id: number;
  lines: Token[][];
}

const lowlight = createLowlight();
const loading = new Map<string, Promise<boolean>>();

self.onmessage = ({ data }: MessageEvent<Ask>) => {
  void colour(data).then((lines) => self.postMessage({ id: data.id, lines } satisfies Answer));
};

async function colour({ language, text }: Ask): Promise<Token[][]> {
  if (!(await known(language))) {
    return [];
  }
  return byLine(lowlight.highlight(language, text, { prefix: 'hl-' }));
}

function known(language: string): Promise<boolean> {
  const before = loading.get(language);
  if (before) {
    return before;
  }
  const load = GRAMMARS[language];
  const now = load
    ? load().then(
        (grammar: { default: LanguageFn }) => {
          lowlight.register(language, grammar.default);
          return true;
        },
        () => false,
      )
    : Promise.resolve(false);
  loading.set(language, now);
  return now;
}
