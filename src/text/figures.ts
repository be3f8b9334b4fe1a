/** 410k, 1.2M: a figure that is an estimate, or out of date by the time it is read, is written as one. */
export function roughly(count: number): string {
  if (count >= 10_000_000) return `${Math.round(count / 1_000_000)}M`;
  if (count >= 1_000_000) return `${(count / 1_000_000).toFixed(1)}M`;
  return count >= 1000 ? `${Math.round(count / 1000)}k` : String(Math.round(count));
}

const units = ['kB', 'MB', 'GB', 'TB'];

/** `512 bytes`, `1.5 MB`: in powers of 1024, as PostgreSQL counts. */
export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${Math.round(bytes)} bytes`;
  let value = bytes / 1024;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
