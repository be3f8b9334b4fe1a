import { existsSync } from 'node:fs';

const folder = '/usr/lib/postgresql/15/bin';

/** The real psql 15 and its server, where the machine has them (Debian's package); tests that compare with them say so when skipped. */
export const oracle: { readonly psql: string; readonly binFolder: string } | undefined =
  existsSync(`${folder}/psql`) && existsSync(`${folder}/postgres`) ? { psql: `${folder}/psql`, binFolder: folder } : undefined;

export const whyNoOracle = 'skipped: PostgreSQL 15 with psql is not installed on this machine';
