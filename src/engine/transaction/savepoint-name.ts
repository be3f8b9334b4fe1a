const automatic = /^howdah_auto_(\d{1,9})$/;

/** The name of the automatic savepoint of this number. */
export function automaticSavepointName(number: number): string {
  return `howdah_auto_${number}`;
}

/** The number of an automatic savepoint of ours; undefined for any other. */
export function automaticNumber(name: string): number | undefined {
  const digits = automatic.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** For the screen: `auto 2`. */
export function savepointLabel(name: string): string {
  const number = automaticNumber(name);
  return number === undefined ? name : `auto ${number}`;
}

/** Made by no user: ours, or psql's for ON_ERROR_ROLLBACK. */
export function isAutomaticName(name: string): boolean {
  return automaticNumber(name) !== undefined || name === 'pg_psql_temporary_savepoint';
}
