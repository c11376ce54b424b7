import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { UsageRow } from '../api/types';
import { count, dollars } from '../lib/amount';
import { line } from '../lib/text';
import { amount, ticks, type Metric } from '../lib/usage';

const HEIGHT = 200;
const LEFT = 52;
const BOTTOM = 22;
const TOP = 8;

/** A bar for each day. What it shows stands in the table below it too. */
export function DayBars({ rows, metric, title }: { rows: UsageRow[]; metric: Metric; title: string }) {
  const axis = ticks(Math.max(...rows.map((row) => amount(row, metric))));
  const highest = axis.at(-1) ?? 1;
  const figure = useRef<HTMLElement>(null);
  const width = useWidth(figure, 720);
  const inner = HEIGHT - TOP - BOTTOM;
  const y = (value: number) => TOP + inner - (value / highest) * inner;
  const step = (width - LEFT) / rows.length;
  const wide = Math.max(2, Math.min(36, step * 0.72));
  const every = Math.ceil((rows.length * 64) / (width - LEFT));
  return (
    <figure class="plot days" ref={figure}>
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={`${title}; the table has the numbers`}>
        {axis.map((value) => (
          <g key={value}>
            <line class="grid" x1={LEFT} x2={width} y1={y(value)} y2={y(value)} />
            <text class="axis" x={LEFT - 6} y={y(value) + 4} text-anchor="end">
              {metric === 'cost' && highest >= 4 ? `$${count(value)}` : shown(value, metric)}
            </text>
          </g>
        ))}
        {rows.map((row, i) => {
          const value = amount(row, metric);
          const x = LEFT + i * step + (step - wide) / 2;
          return (
            <g key={row.name}>
              <rect class="hit" x={LEFT + i * step} y={TOP} width={step} height={inner}>
                <title>{`${row.name}: ${shown(value, metric)}`}</title>
              </rect>
              {value > 0 && (
                <rect
                  class="bar"
                  x={x}
                  y={Math.min(y(value), TOP + inner - 1)}
                  width={wide}
                  height={Math.max(1, TOP + inner - y(value))}
                  rx="2"
                />
              )}
              {(rows.length - 1 - i) % every === 0 && (
                <text class="axis" x={x + wide / 2} y={HEIGHT - 6} text-anchor="middle">
                  {short(row.name)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <Numbers rows={rows.toReversed()} title={title} nothing="no day" />
    </figure>
  );
}

/** A bar for each name, the longest first. */
export function BarList({
  rows,
  metric,
  title,
  nothing,
}: {
  rows: UsageRow[];
  metric: Metric;
  title: string;
  /** What to call a row without a name. */
  nothing: string;
}) {
  const ordered = rows.toSorted((a, b) => amount(b, metric) - amount(a, metric));
  const most = Math.max(...ordered.map((row) => amount(row, metric)), 0);
  return (
    <figure class="plot list-plot">
      <figcaption>{title}</figcaption>
      {rows.length === 0 && <p class="muted">Nothing yet.</p>}
      <ul class="bars">
        {ordered.slice(0, 10).map((row) => (
          <li key={row.name}>
            <bdi class={row.name ? '' : 'muted'}>{line(row.name || nothing, 80)}</bdi>
            <span class="value">{shown(amount(row, metric), metric)}</span>
            <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
              <rect class="track" width="100" height="4" />
              <rect class="bar" width={most > 0 ? (amount(row, metric) / most) * 100 : 0} height="4" />
            </svg>
          </li>
        ))}
      </ul>
      {rows.length > 0 && <Numbers rows={ordered} title={title} nothing={nothing} />}
    </figure>
  );
}

/** The numbers of a plot, for who can't see it or wants them exactly. */
function Numbers({ rows, title, nothing }: { rows: UsageRow[]; title: string; nothing: string }) {
  return (
    <details>
      <summary>
        Table<span class="hidden"> of {title}</span>
      </summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Table of ${title}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Cost</th>
              <th scope="col">Tokens in</th>
              <th scope="col">Tokens out</th>
              <th scope="col">Sessions</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">
                  <bdi>{line(row.name || nothing, 80)}</bdi>
                </th>
                <td>{dollars(row.costUsd)}</td>
                <td>{row.inputTokens.toLocaleString()}</td>
                <td>{row.outputTokens.toLocaleString()}</td>
                <td>{row.sessions}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function shown(value: number, metric: Metric): string {
  return metric === 'cost' ? dollars(value) : count(value);
}

/** How wide a figure is inside, in pixels, so that its text is never scaled. */
function useWidth(figure: RefObject<HTMLElement | null>, first: number): number {
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    if (!figure.current) {
      return;
    }
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.max(200, Math.floor(entry?.contentRect.width ?? first))),
    );
    observer.observe(figure.current);
    return () => observer.disconnect();
  }, [figure, first]);
  return width;
}

/** `27 Nov`, in the reader's own words. */
function short(day: string): string {
  return new Date(`${day}T12:00:00`).toLocaleDateString([], { day: 'numeric', month: 'short' });
}
