/**
 * The tab's secret. It comes from the one-time code that `muster dashboard` opens the page with,
 * and lives in this tab only: no cookie, so that nothing is sent along by a browser on its own
 * account, and no other port of this machine ever sees it.
 */
const KEY = 'muster.secret';

export function kept(): string | null {
  return sessionStorage.getItem(KEY);
}

export function keep(secret: string): void {
  sessionStorage.setItem(KEY, secret);
}

export function drop(): void {
  sessionStorage.removeItem(KEY);
}

/** Takes the code out of the address, so that it is in no history and no bookmark. */
export function takeCode(location: Location, history: History): string | null {
  const match = /^#code=([A-Za-z0-9_-]{20,})$/.exec(location.hash);
  if (!match) {
    return null;
  }
  history.replaceState(null, '', location.pathname + location.search);
  return match[1] ?? null;
}

/** Trades a one-time code for a secret; null when the code is used, old or wrong. */
export async function trade(code: string): Promise<string | null> {
  const answer = await fetch('/api/v1/sign-in', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  if (!answer.ok) {
    return null;
  }
  const { secret } = (await answer.json()) as { secret: string };
  return secret;
}
