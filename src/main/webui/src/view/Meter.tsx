/** How full something is; the number beside it says the same. */
export function Meter({ percent, high }: { percent: number; high: number }) {
  return (
    <span class={percent >= high ? 'meter high' : 'meter'} aria-hidden="true">
      <span style={{ width: `${Math.min(100, Math.max(0, percent))}%` }} />
    </span>
  );
}
