import { type SqlToken, tokenizedStatements } from './tokens.ts';

interface ServerFacts {
  /** The session's standard_conforming_strings. */
  readonly standardStrings: boolean;
  /** The server's version, as in server_version_num. */
  readonly version: number;
}

/**
 * The command of the first statement that the server refuses in a transaction block, whatever else it says (PreventInTransactionBlock);
 * undefined where there is none, or where that depends on what the text does not show.
 */
export function refusedInTransaction(sql: string, { standardStrings, version }: ServerFacts): string | undefined {
  for (const statement of tokenizedStatements(sql, standardStrings)) {
    const words = statement.map(wordOf).join(' ');
    const found = rules.find(([, rule, [from, before] = always]) => version >= from && version < before && rule.test(words));
    if (found !== undefined) return found[0];
  }
  return undefined;
}

/** Names and values are all the same here; words that are names only look like key words where a rule has none. */
function wordOf({ kind, value, text }: SqlToken): string {
  return kind === 'word' ? value : kind === 'open' || kind === 'close' || kind === 'comma' ? text : '_';
}

/** From a version on, and before another. */
type Versions = readonly [from: number, before: number];

const always: Versions = [0, Number.POSITIVE_INFINITY];
const from14: Versions = [140_000, Number.POSITIVE_INFINITY];
const before12: Versions = [0, 120_000];

const rules: readonly (readonly [command: string, rule: RegExp, versions?: Versions])[] = [
  ['VACUUM', /^vacuum\b/],
  ['CREATE DATABASE', /^create database\b/],
  ['CREATE TABLESPACE', /^create tablespace\b/],
  ['CREATE INDEX CONCURRENTLY', /^create (?:unique )?index concurrently\b/],
  ['DROP DATABASE', /^drop database\b/],
  ['DROP TABLESPACE', /^drop tablespace\b/],
  ['DROP INDEX CONCURRENTLY', /^drop index concurrently\b/],
  ['ALTER SYSTEM', /^alter system\b/],
  ['ALTER DATABASE SET TABLESPACE', /^alter database \S+ set tablespace\b/],
  ['ALTER TABLE DETACH PARTITION CONCURRENTLY', /^alter table .*\bdetach partition .*\bconcurrently$/],
  // With a replication slot to make, or tables to look up, on the publisher; a value that is no word is not known here.
  ['CREATE SUBSCRIPTION', /^create subscription\b(?!.* (?:connect|create_slot) _ (?:false|off|_))/],
  ['ALTER SUBSCRIPTION REFRESH PUBLICATION', /^alter subscription \S+ refresh publication\b/, from14],
  ['ALTER SUBSCRIPTION with refresh', /^alter subscription \S+ (?:set|add|drop) publication\b(?!.* refresh _ (?:false|off|_))/, from14],
  ['ALTER TYPE ADD VALUE', /^alter type .*\badd value\b/, before12],
  // Of one table it may run.
  ['CLUSTER', /^cluster(?: verbose| \( [^)]* \))?$/],
  ['REINDEX', /^reindex (?:\( [^)]* \) )?(?:database|system|schema)\b/],
  ['REINDEX CONCURRENTLY', /^reindex (?:\( [^)]* \) )?(?:table|index|schema|database|system) concurrently\b/],
  ['REINDEX CONCURRENTLY', /^reindex \( (?:[^)]* , )?concurrently(?: true| on)? (?:, [^)]* )?\)/],
  ['DISCARD ALL', /^discard all$/],
  ['COMMIT PREPARED', /^commit prepared\b/],
  ['ROLLBACK PREPARED', /^rollback prepared\b/],
];
