import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal, type ITheme } from '@xterm/xterm';

const DARK = matchMedia('(prefers-color-scheme: dark)');
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

/** The alternate screen, in each of its three spellings. */
const ALTERNATE: readonly number[] = [47, 1047, 1049];

/** What is set up around a terminal on the page. */
export interface Screen {
  terminal: Terminal;
  search: SearchAddon;
  fit: () => void;
  dispose: () => void;
}

/**
 * @param inTmux whether tmux alone writes to it. tmux draws the programs' alternate screens itself
 *     and asks for this one's only for itself: without it, what scrolls away is kept here.
 * @param shared told whether others decide about the screen's size
 */
export function openScreen(
  place: HTMLElement,
  inTmux: boolean,
  fontSize: number,
  shared: (are: boolean) => void,
): Screen {
  const terminal = new Terminal({
    fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
    fontSize,
    scrollback: 10_000,
    minimumContrastRatio: 4.5,
    rescaleOverlappingGlyphs: true,
    macOptionClickForcesSelection: true,
    cursorBlink: false,
    smoothScrollDuration: STILL.matches ? 0 : 80,
    theme: theme(),
    // Decorations, which mark what was found.
    allowProposedApi: true,
    // A link that is hidden under other text: only after a look at where it goes.
    linkHandler: {
      activate: (_, uri) => {
        if (/^https?:\/\//i.test(uri) && confirm(`Open this address?\n\n${uri}`)) {
          open(uri, '_blank', 'noopener,noreferrer');
        }
      },
    },
  });
  const fit = new FitAddon();
  const search = new SearchAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.loadAddon(
    new WebLinksAddon((_, uri) => open(uri, '_blank', 'noopener,noreferrer')),
  );
  if (inTmux) {
    const isAlternate = (params: (number | number[])[]) =>
      params.some((each) => typeof each === 'number' && ALTERNATE.includes(each));
    terminal.parser.registerCsiHandler({ prefix: '?', final: 'h' }, isAlternate);
    terminal.parser.registerCsiHandler({ prefix: '?', final: 'l' }, isAlternate);
    terminal.parser.registerOscHandler(7717, (word) => {
      shared(word === 'joined');
      return true;
    });
  }
  terminal.open(place);
  const fitNow = () => {
    if (place.clientWidth > 0 && place.clientHeight > 0) {
      fit.fit();
    }
  };
  fitNow();
  let frame = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(fitNow);
  });
  observer.observe(place);
  const themed = () => (terminal.options.theme = theme());
  DARK.addEventListener('change', themed);
  return {
    terminal,
    search,
    fit: fitNow,
    dispose: () => {
      DARK.removeEventListener('change', themed);
      cancelAnimationFrame(frame);
      observer.disconnect();
      terminal.dispose();
    },
  };
}

function theme(): ITheme {
  return DARK.matches
    ? {
        background: '#14171c',
        foreground: '#e6e8eb',
        cursor: '#e6e8eb',
        selectionBackground: '#35547a',
        black: '#1c2024',
        brightBlack: '#7d8794',
        red: '#ff8a80',
        brightRed: '#ffb0a8',
        green: '#6fcf8f',
        brightGreen: '#98e0b0',
        yellow: '#e5c07b',
        brightYellow: '#f5d99a',
        blue: '#6cb0f5',
        brightBlue: '#9ccbff',
        magenta: '#c3a1f0',
        brightMagenta: '#d9c2f7',
        cyan: '#66c7cf',
        brightCyan: '#97dce2',
        white: '#c8ced6',
        brightWhite: '#ffffff',
      }
    : {
        background: '#ffffff',
        foreground: '#1c2024',
        cursor: '#1c2024',
        selectionBackground: '#b3d1f0',
        black: '#1c2024',
        brightBlack: '#5b6470',
        red: '#b42318',
        brightRed: '#c4321f',
        green: '#1a7f37',
        brightGreen: '#227a3c',
        yellow: '#8a5d00',
        brightYellow: '#946300',
        blue: '#1f5fa8',
        brightBlue: '#2a6fc0',
        magenta: '#7a4db3',
        brightMagenta: '#8d5cc9',
        cyan: '#0b6e75',
        brightCyan: '#0f7c85',
        white: '#6b7280',
        brightWhite: '#374151',
      };
}
