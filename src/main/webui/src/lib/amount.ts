/** Amounts as people read them: three digits that matter, and a unit. */

const GIB = 1024 * 1024;

/** `412 MiB`, out of KiB. */
export function room(kib: number): string {
  if (kib < 1024) {
    return `${kib} KiB`;
  }
  if (kib < GIB) {
    return `${Math.floor(kib / 1024)} MiB`;
  }
  const gib = kib / GIB;
  return gib < 1024 ? `${digits(gib)} GiB` : `${digits(gib / 1024)} TiB`;
}

/** `1.2k`, `34M`. */
export function count(number: number): string {
  const units = ['', 'k', 'M', 'G', 'T'];
  let rest = number;
  let unit = 0;
  while (Math.round(rest) >= 1000 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  return unit === 0 ? String(Math.round(number)) : `${digits(rest)}${units[unit]}`;
}

/** `$0.42`, `$1,234`. */
export function dollars(amount: number): string {
  if (amount > 0 && amount < 0.01) {
    return '<$0.01';
  }
  return `$${amount.toLocaleString('en-US', {
    minimumFractionDigits: amount < 1000 ? 2 : 0,
    maximumFractionDigits: amount < 1000 ? 2 : 0,
  })}`;
}

function digits(number: number): string {
  return number < 9.95 ? number.toFixed(1) : String(Math.round(number));
}
