/** How long ago, in the two digits that matter: `12s`, `5m`, `3h`, `4d`. */
export function age(since: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
  if (seconds < 60) {
    return `${seconds}s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)}m`;
  }
  if (seconds < 172_800) {
    return `${Math.floor(seconds / 3600)}h`;
  }
  return `${Math.floor(seconds / 86_400)}d`;
}

/** A moment in the reader's own time zone. */
export function moment(at: string): string {
  return new Date(at).toLocaleString();
}
