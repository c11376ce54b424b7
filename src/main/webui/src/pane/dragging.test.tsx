import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, test } from 'vitest';
import { address, go } from '../lib/address';
import Panes from './Panes';

const root = document.body.appendChild(document.createElement('div'));
const A = '01K00000000000000000000001';
const B = '01K00000000000000000000002';

afterEach(() => render(null, root));

/** What jsdom has no notion of: a captured pointer, and a box of some size. */
function prepare(divider: HTMLElement) {
  let captured = false;
  divider.setPointerCapture = () => (captured = true);
  divider.hasPointerCapture = () => captured;
  const grid = root.querySelector<HTMLElement>('.panes');
  if (grid) {
    grid.getBoundingClientRect = () => new DOMRect(100, 0, 1000, 500);
  }
}

function point(target: Element, type: string, clientX: number) {
  target.dispatchEvent(new MouseEvent(type, { bubbles: true, button: 0, clientX, clientY: 10 }));
}

test('writes a dragged divider into the address once it is let go', async () => {
  window.matchMedia ??= () => ({ matches: false }) as MediaQueryList;
  go({ panes: [{ session: A, kind: 'log' }, { session: B, kind: 'log' }], split: [] });
  await act(() => render(<Panes />, root));
  const divider = root.querySelector<HTMLElement>('[role=separator]');
  if (!divider) {
    throw new Error('no divider');
  }
  prepare(divider);
  await act(() => point(divider, 'pointerdown', 600));
  await act(() => point(divider, 'pointermove', 500));
  await act(() => point(divider, 'pointermove', 400));
  expect(divider.getAttribute('aria-valuenow')).toBe('30');
  expect(address.value.split).toEqual([]);
  await act(() => point(divider, 'pointerup', 400));
  expect(address.value.split).toEqual([30, 50]);
  expect(location.search).toContain('split=30.0-50.0');
});

test('keeps panes as they are when another is closed', async () => {
  window.matchMedia ??= () => ({ matches: false }) as MediaQueryList;
  go({ panes: [{ session: A, kind: 'log' }, { session: B, kind: 'log' }] });
  await act(() => render(<Panes />, root));
  const second = root.querySelectorAll('.pane')[1];
  await act(() => go({ panes: [{ session: B, kind: 'log' }] }));
  expect(root.querySelector('.pane')).toBe(second);
});
