import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import { VirtualList } from './VirtualList';

const COUNT = 1000;
const items = Array.from({ length: COUNT }, (_, i) => (i % 10 === 0 ? `#${i}` : `r${i}`));

beforeEach(() => {
  document.body.innerHTML = '<div id="at"></div>';
  vi.stubGlobal('ResizeObserver', class {
    observe() {}
    disconnect() {}
  });
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => run());
  vi.stubGlobal('CSS', { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&') });
  const at = document.getElementById('at');
  if (at) {
    act(() =>
      render(
        <VirtualList
          items={items}
          heightOf={(item) => (item.startsWith('#') ? 30 : 50)}
          label="Rows"
          keyOf={(item) => item}
          isRow={(item) => item.startsWith('r')}
        >
          {(item, tabIndex) =>
            item.startsWith('#') ? <h2>{item}</h2> : <button tabIndex={tabIndex}>{item}</button>
          }
        </VirtualList>,
        at,
      ),
    );
  }
});

function press(key: string): void {
  const from = document.activeElement ?? document.body;
  act(() => void from.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
}

const drawn = () => [...document.querySelectorAll('.slot')];
const focused = () => document.activeElement?.textContent;

test('draws what is in sight of a thousand rows, and no more', () => {
  expect(drawn().length).toBeGreaterThan(10);
  expect(drawn().length).toBeLessThan(60);
  expect(drawn()[0]?.getAttribute('aria-setsize')).toBe(String(COUNT));
});

test('has one row that Tab reaches, and keys that go from there past headings', () => {
  expect(document.querySelectorAll('[tabindex="0"]').length).toBe(1);
  act(() => document.querySelector<HTMLElement>('[tabindex="0"]')?.focus());
  expect(focused()).toBe('r1');
  for (let i = 0; i < 9; i++) {
    press('j');
  }
  expect(focused()).toBe('r11');
  press('ArrowUp');
  expect(focused()).toBe('r9');
  press('k');
  expect(focused()).toBe('r8');
  press('Home');
  expect(focused()).toBe('r1');
  press('ArrowUp');
  expect(focused()).toBe('r1');
  expect(document.querySelectorAll('[tabindex="0"]').length).toBe(1);
});
