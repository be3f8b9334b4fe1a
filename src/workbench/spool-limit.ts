import { freeBytes } from '../system/disk-space.ts';

const megabyte = 1024 ** 2;
/** 2 GB. */
const usualLimit = 2048 * megabyte;

/**
 * Bytes one result may take on disk before a person is asked: HOWDAH_SPOOL_LIMIT (in MB) or 2 GB, and never more than a fifth of what
 * is free there.
 */
export function spoolLimit(folder: string, environment: Readonly<Record<string, string | undefined>>): number {
  const set = Number(environment.HOWDAH_SPOOL_LIMIT ?? '');
  const wanted = set > 0 ? set * megabyte : usualLimit;
  return Math.min(wanted, Math.floor(freeBytes(folder) / 5));
}
