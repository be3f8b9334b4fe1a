/** Rows of one statement; undefined where it failed, or its connection did. */
export type RowsQuery = (sql: string) => Promise<readonly (readonly (string | null)[])[] | undefined>;

/** What has to be noted before COMMIT is sent, so that its outcome can be looked up should the connection die. */
export interface CommitEvidence {
  /** The full transaction id, its epoch included. */
  readonly xid: string;
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

export type CommitVerdict = 'committed' | 'aborted' | 'in progress' | 'unknown';

// Others' background processes show an ordinary user nothing but their process id.
const identityColumns =
  'extract(epoch from pg_catalog.pg_postmaster_start_time())::text, ' +
  "(select pg_catalog.string_agg(pid::text, ' ') from pg_catalog.pg_stat_activity where datid is null and usesysid is null)";

/**
 * Notes the transaction's id on its own session, in state T, as the last thing before COMMIT: it takes a snapshot, so not before the first
 * statement. Undefined: it has none (nothing was written so far), the server is older than 10, or it did not answer.
 */
export async function noteCommit(query: RowsQuery, versionNumber: number): Promise<CommitEvidence | undefined> {
  if (versionNumber < 100_000) return undefined;
  const assigned = versionNumber >= 130_000 ? 'pg_current_xact_id_if_assigned' : 'txid_current_if_assigned';
  const [row] = (await query(`select pg_catalog.${assigned}()::text, ${identityColumns}`)) ?? [];
  const [xid, startedAt, processIds] = row ?? [];
  if (typeof xid !== 'string' || !/^\d+$/.test(xid) || typeof startedAt !== 'string') return undefined;
  return { xid, server: { startedAt, processIds: (processIds ?? '').split(' ').filter((id) => id !== '') } };
}

/**
 * What became of the transaction, asked on another connection. Never wrong: `unknown` where the server is not, for certain, the same
 * run of the same server, or has forgotten. `in progress`: its process has not noticed the loss yet; ask again.
 */
export async function commitOutcome(evidence: CommitEvidence | undefined, query: RowsQuery, versionNumber: number): Promise<CommitVerdict> {
  if (evidence === undefined || versionNumber < 100_000) return 'unknown';
  const status = versionNumber >= 130_000 ? `pg_xact_status('${evidence.xid}'::xid8)` : `txid_status(${evidence.xid})`;
  const [row] = (await query(`select pg_catalog.${status}, ${identityColumns}`)) ?? [];
  const [verdict, startedAt, processIds] = row ?? [];
  if (startedAt !== evidence.server.startedAt) return 'unknown';
  const running = new Set((processIds ?? '').split(' '));
  if (!evidence.server.processIds.some((id) => running.has(id))) return 'unknown';
  switch (verdict) {
    case 'committed':
    case 'aborted':
    case 'in progress':
      return verdict;
    default:
      return 'unknown';
  }
}
