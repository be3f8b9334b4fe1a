import { encodeLossless } from '../../text/lossless.ts';

/** Rows of one statement on the second connection; undefined where it failed, or there is none. */
export type RowsQuery = (sql: string) => Promise<readonly (readonly (string | null)[])[] | undefined>;

/**
 * What the outcome of a COMMIT can be looked up by, should the connection die. It is read on the second connection: on the user's own
 * it would take a snapshot, and be one more statement there.
 */
export interface CommitEvidence {
  /** The full transaction id, its epoch included; undefined: it had none, since nothing was written so far. */
  readonly xid: string | undefined;
  /** The ReadyForQuery it was read after, in milliseconds since 1970: what came later may have written. */
  readonly readyAt: number;
  readonly versionNumber: number;
  readonly server: ServerIdentity;
}

/**
 * The one run of one server. A transaction id alone does not do: after a crash the server may give it to another transaction, if nothing of
 * the first had reached the disk, and a standby that was promoted has ids of its own. A crash restarts every background process.
 */
interface ServerIdentity {
  readonly startedAt: string;
  /** Of the background processes. */
  readonly processIds: readonly string[];
}

/** What is known of the user's session by which its process is recognized: behind a pooler a process id may be anybody's. */
export interface OwnSession {
  readonly processId: number;
  /** The string that was sent last. */
  readonly lastSql: string;
  /** Of the last ReadyForQuery, in milliseconds since 1970. */
  readonly readyAt: number;
  readonly versionNumber: number;
}

export type CommitVerdict =
  /** `standbys`: the server has synchronous ones, and what they have is not known. */
  | { readonly kind: 'committed'; readonly standbys: boolean }
  | { readonly kind: 'rolled-back' }
  | { readonly kind: 'prepared'; readonly id: string }
  /** There was no transaction id: no data had been changed. */
  | { readonly kind: 'nothing-written' }
  /** Its process has not noticed the loss yet; ask again. */
  | { readonly kind: 'in-progress' }
  | { readonly kind: 'unknown'; readonly why: 'not-noted' | 'no-answer' | 'other-server' | 'forgotten' };

// Others' background processes show an ordinary user nothing but their process id.
const identityColumns =
  'extract(epoch from pg_catalog.pg_postmaster_start_time())::text, ' +
  "(select pg_catalog.string_agg(pid::text, ' ') from pg_catalog.pg_stat_activity where datid is null and usesysid is null)";

/** Milliseconds by which two clocks' ideas of how long a session has been idle may differ. */
const tolerance = 5000;

/** Looks at the user's session while it is idle in a transaction. Undefined: it was not seen for certain, or the server is older than 10. */
export async function noteCommit(query: RowsQuery, own: OwnSession): Promise<CommitEvidence | undefined> {
  const { versionNumber, processId, readyAt } = own;
  if (versionNumber < 100_000) return undefined;
  const xmax =
    versionNumber >= 130_000
      ? 'pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())'
      : 'pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot())';
  const idle = 'extract(epoch from pg_catalog.clock_timestamp() operator(pg_catalog.-) state_change)::text';
  const rows = await query(
    `select state, query, ${idle}, backend_xid::text, ${xmax}::text, ${identityColumns} ` +
      `from pg_catalog.pg_stat_activity where pid operator(pg_catalog.=) ${processId}`,
  );
  const [state, text, idleSeconds, xid, nextXid, startedAt, processIds] = rows?.[0] ?? [];
  if (state !== 'idle in transaction' || typeof text !== 'string' || !isStartOf(text, own.lastSql)) return undefined;
  if (Math.abs(Number(idleSeconds ?? Number.NaN) * 1000 - (Date.now() - readyAt)) > tolerance) return undefined;
  if (typeof startedAt !== 'string' || !/^\d+$/.test(nextXid ?? '') || !/^\d*$/.test(xid ?? '')) return undefined;
  const server = { startedAt, processIds: (processIds ?? '').split(' ').filter((id) => id !== '') };
  return { xid: typeof xid === 'string' ? widened(xid, nextXid ?? '') : undefined, readyAt, versionNumber, server };
}

/** What became of the transaction. Never wrong: `unknown` where the server is not, for certain, the same run of the same server, or has forgotten. */
export async function commitOutcome(evidence: CommitEvidence, query: RowsQuery): Promise<CommitVerdict> {
  if (evidence.xid === undefined) return { kind: 'nothing-written' };
  const prepared = `select gid from pg_catalog.pg_prepared_xacts where transaction operator(pg_catalog.=) '${shortened(evidence.xid)}'::xid`;
  const standbys = "pg_catalog.current_setting('synchronous_standby_names')";
  const [row] = (await query(`${statusSql(evidence)}, (${prepared}), ${standbys}, ${identityColumns}`)) ?? [];
  if (row === undefined) return { kind: 'unknown', why: 'no-answer' };
  const [status, gid, names, startedAt, processIds] = row;
  const running = new Set((processIds ?? '').split(' '));
  if (startedAt !== evidence.server.startedAt || !evidence.server.processIds.some((id) => running.has(id)))
    return { kind: 'unknown', why: 'other-server' };
  switch (status) {
    case 'committed':
      return { kind: 'committed', standbys: names !== '' };
    case 'aborted':
      return { kind: 'rolled-back' };
    case 'in progress':
      return typeof gid === 'string' ? { kind: 'prepared', id: gid } : { kind: 'in-progress' };
    default:
      return { kind: 'unknown', why: 'forgotten' };
  }
}

/** The statement by which a person looks it up; undefined where there is nothing to look up. */
export function lookUpSql(evidence: CommitEvidence | undefined): string | undefined {
  return evidence?.xid === undefined ? undefined : `${statusSql(evidence)};`;
}

function statusSql({ xid, versionNumber }: CommitEvidence): string {
  return `select pg_catalog.${versionNumber >= 130_000 ? `pg_xact_status('${xid}'::xid8)` : `txid_status(${xid})`}`;
}

/** pg_stat_activity holds a statement's first bytes (track_activity_query_size: 100 at least), cut between characters. */
function isStartOf(shown: string, sent: string): boolean {
  return shown === sent || (sent.startsWith(shown) && encodeLossless(shown).length >= 96);
}

const epoch = 2n ** 32n;

/** Running transactions lie within 2^31 of the next id: of the full ids with these 32 bits, the one nearest to it. */
function widened(xid: string, nextXid: string): string {
  const near = BigInt(nextXid);
  const low = BigInt(xid);
  const candidates = [-1n, 0n, 1n].map((step) => (near / epoch + step) * epoch + low);
  const distance = (full: bigint) => (full > near ? full - near : near - full);
  return String(candidates.reduce((best, full) => (distance(full) < distance(best) ? full : best)));
}

function shortened(xid: string): string {
  return String(BigInt(xid) % epoch);
}
