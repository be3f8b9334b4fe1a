import { bytesText, roughly } from '../text/figures.ts';

/** How far a COPY is, counted where we send or write. */
export interface CopyProgress {
  readonly direction: 'in' | 'out';
  readonly bytes: number;
  /** undefined: the data are binary. */
  readonly lines: number | undefined;
  /** Size of the file they come from. */
  readonly totalBytes: number | undefined;
  readonly milliseconds: number;
}

/** `COPY in 12 MB (12 %), 120k lines, 3.1 MB/s`: the rate is the average so far. */
export function copyProgressText(progress: CopyProgress): string {
  const { direction, bytes, totalBytes, milliseconds } = progress;
  const rate = `${bytesText((bytes * 1000) / Math.max(1, milliseconds))}/s`;
  const whole = totalBytes === undefined || totalBytes === 0 ? '' : ` (${Math.floor((Math.min(bytes, totalBytes) * 100) / totalBytes)} %)`;
  return `COPY ${direction} ${amountText(progress, whole)}, ${rate}`;
}

/** `12 MB, 120k lines`; `whole` stands behind the bytes. */
export function amountText({ bytes, lines }: CopyProgress, whole = ''): string {
  const amount = `${bytesText(bytes)}${whole}`;
  return lines === undefined ? amount : `${amount}, ${roughly(lines)} ${lines === 1 ? 'line' : 'lines'}`;
}
