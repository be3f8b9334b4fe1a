import { type Untrusted, untrusted } from '../text/untrusted.ts';
import { cell, type Rows } from './catalog-work.ts';

/** A lock that a session holds, or waits for. */
export interface SessionLock {
  /** What is locked: a relation's name with its schema where that is none of the usual ones, `advisory 42` … */
  readonly on: Untrusted;
  /** As LOCK TABLE has it, in one word: `RowExclusive`. */
  readonly mode: Untrusted;
  readonly isGranted: boolean;
  /** Nothing a person has to know of: AccessShare, which only DROP and its kin wait for, and what goes along with a table's own lock. */
  readonly isMinor: boolean;
}

/** Another session that waits for a lock, or holds one. */
export interface OtherSession {
  readonly processId: string;
  readonly user: Untrusted;
  /** What it runs, or ran last; undefined where that is not ours to see. */
  readonly query: Untrusted | undefined;
  /** pg_stat_activity.state: `active`, `idle in transaction` … */
  readonly state: Untrusted;
  /** A waiter: how long it has waited, a holder: how old its transaction is; milliseconds. */
  readonly milliseconds: number | undefined;
}

/** What another session can see of one. */
export interface SessionActivity {
  /** Undefined: none is assigned; that comes with the first change. */
  readonly xid: string | undefined;
  readonly locks: readonly SessionLock[];
  /** Sessions that wait for this one, those longest first. */
  readonly waiters: readonly OtherSession[];
  /** Sessions that this one waits for. */
  readonly holders: readonly OtherSession[];
  /** How long it has waited for them, in milliseconds, where the server tells (since 14). */
  readonly waited: number | undefined;
}

/** pg_blocking_pids and wait_event_type are of 9.6. */
export const activitySince = 90_600;

/** The queries behind a SessionActivity, in the order of their answers. `of`: a process id, or a session's own view of itself. */
export function activityQueries(of: number | 'itself', versionNumber: number): readonly string[] {
  const pid = of === 'itself' ? 'pg_catalog.pg_backend_pid()' : String(of);
  const session = of === 'itself' ? ownSession(versionNumber) : sessionQuery(pid);
  return [session, locksQuery(pid, versionNumber), othersQuery(pid, versionNumber)];
}

// The rows of another role's session are there for everybody to see, though not its statement.
const sessionQuery = (pid: string) => `SELECT a.backend_xid::pg_catalog.text AS xid
FROM pg_catalog.pg_stat_activity AS a
WHERE a.pid OPERATOR(pg_catalog.=) ${pid}`;

const ownSession = (versionNumber: number) =>
  `SELECT pg_catalog.${versionNumber >= 130_000 ? 'pg_current_xact_id_if_assigned' : 'txid_current_if_assigned'}()::pg_catalog.text AS xid`;

/**
 * From the function, not the view pg_locks: a session that asks about itself would hold a lock on the view until its transaction ends.
 * A relation made in the transaction is not to be seen from outside: its number stands for it.
 */
const locksQuery = (pid: string, versionNumber: number) => `SELECT l.locktype,
  pg_catalog.regexp_replace(l.mode, 'Lock$', '') AS mode,
  l.granted,
  n.nspname AS schema,
  coalesce(c.relname::pg_catalog.text, l.relation::pg_catalog.text) AS relation,
  c.relkind,
  coalesce(l.transactionid::pg_catalog.text, l.classid::pg_catalog.text) AS key1,
  l.objid AS key2,
  l.objsubid AS keys,
  ${versionNumber >= 140_000 ? milliseconds('l.waitstart') : 'NULL'} AS waited
FROM pg_catalog.pg_lock_status() AS l
LEFT JOIN pg_catalog.pg_class AS c
  ON c.oid OPERATOR(pg_catalog.=) l.relation
  AND (l.database OPERATOR(pg_catalog.=) 0 OR l.database OPERATOR(pg_catalog.=) (
    SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()))
LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
WHERE l.pid OPERATOR(pg_catalog.=) ${pid} AND l.locktype OPERATOR(pg_catalog.<>) 'virtualxid'
ORDER BY relation, mode`;

/** Only sessions that wait for a lock are asked whom they wait for: that takes the lock table for a moment each time. */
const othersQuery = (pid: string, versionNumber: number) => `SELECT o.is_waiter,
  o.pid,
  a.usename AS "user",
  CASE WHEN a.query OPERATOR(pg_catalog.<>) '<insufficient privilege>' THEN a.query END AS query,
  a.state,
  ${milliseconds(`CASE WHEN o.is_waiter THEN ${waitStart(versionNumber)} ELSE a.xact_start END`)} AS milliseconds
FROM (
  SELECT true AS is_waiter, w.pid
  FROM pg_catalog.pg_stat_activity AS w
  WHERE w.wait_event_type OPERATOR(pg_catalog.=) 'Lock' AND ${pid} OPERATOR(pg_catalog.=) ANY (pg_catalog.pg_blocking_pids(w.pid))
  UNION ALL
  SELECT DISTINCT false, b.pid
  FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids(${pid})) AS b (pid)
) AS o
LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid OPERATOR(pg_catalog.=) o.pid
ORDER BY o.is_waiter, milliseconds DESC NULLS LAST`;

function milliseconds(since: string): string {
  const age = `pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) ${since}`;
  return `(extract(epoch FROM (${age})) OPERATOR(pg_catalog.*) 1000)::pg_catalog.int8`;
}

function waitStart(versionNumber: number): string {
  if (versionNumber < 140_000) return 'a.query_start';
  const since =
    'SELECT pg_catalog.min(l.waitstart) FROM pg_catalog.pg_lock_status() AS l WHERE l.pid OPERATOR(pg_catalog.=) a.pid AND NOT l.granted';
  return `coalesce((${since}), a.query_start)`;
}

/** The answers, in the order of the queries. */
export function readActivity(answers: readonly Rows[]): SessionActivity {
  const [session = none, locks = none, others = none] = answers;
  const waited = locks.rows.map((row) => row[9]).find((text) => text !== null && text !== undefined);
  return {
    xid: session.rows[0]?.[0] ?? undefined,
    locks: locks.rows.flatMap((row) => readLock(row) ?? []),
    waiters: others.rows.filter((row) => row[0] === 't').map(readOther),
    holders: others.rows.filter((row) => row[0] === 'f').map(readOther),
    waited: waited === undefined ? undefined : Number(waited),
  };
}

type Row = Rows['rows'][number];

const none: Rows = { columns: [], rows: [] };

/** A transaction's lock on its own number says no more than that number. */
function readLock(row: Row): SessionLock | undefined {
  const [kind, mode, granted, schema] = row;
  const isGranted = granted === 't';
  if (kind === 'transactionid' && isGranted) return undefined;
  const goesAlong = /^[iIt]$/.test(cell(row, 5)) || schema === 'pg_catalog' || schema === 'pg_toast';
  return {
    on: untrusted(lockedName(row)),
    mode: untrusted(mode ?? ''),
    isGranted,
    isMinor: isGranted && (mode === 'AccessShare' || goesAlong || kind === 'spectoken' || kind === 'object'),
  };
}

function lockedName(row: Row): string {
  const kind = cell(row, 0);
  const name = relationName(row);
  switch (kind) {
    case 'relation':
      return row[5] === null ? `a new relation (${name})` : name;
    case 'transactionid':
      return `transaction ${cell(row, 6)}`;
    case 'advisory':
      return `advisory ${advisoryKey(cell(row, 6), cell(row, 7), cell(row, 8) === '2')}`;
    case 'tuple':
    case 'page':
    case 'extend':
      return `${kind === 'tuple' ? 'a row' : kind === 'page' ? 'a page' : 'the end'} of ${name}`;
    default:
      return kind;
  }
}

function relationName(row: Row): string {
  const schema = cell(row, 3);
  return schema === '' || schema === 'public' ? cell(row, 4) : `${schema}.${cell(row, 4)}`;
}

/** The key as it was given: two numbers of four bytes, or one of eight whose halves pg_locks shows. */
function advisoryKey(high: string, low: string, isPair: boolean): string {
  const [first, second] = [BigInt(high || '0'), BigInt(low || '0')];
  if (isPair) return `${BigInt.asIntN(32, first)}, ${BigInt.asIntN(32, second)}`;
  return String(BigInt.asIntN(64, first * 4_294_967_296n + second));
}

/** A holder that is no session is a prepared transaction: its process id is 0. */
function readOther([, pid, user, query, state, milliseconds]: Row): OtherSession {
  return {
    processId: pid ?? '0',
    user: untrusted(user ?? ''),
    query: query === null || query === undefined ? undefined : untrusted(query),
    state: untrusted(state ?? ''),
    milliseconds: milliseconds === null || milliseconds === undefined ? undefined : Number(milliseconds),
  };
}
