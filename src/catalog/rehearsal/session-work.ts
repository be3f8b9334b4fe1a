import { quoteLiteral } from '../../sql/quote.ts';
import type { Rows } from '../catalog-work.ts';
import { cell } from '../catalog-work.ts';

/** Rows that the session's transaction has written in a table, its own statements' and its triggers'. */
export interface TableWrites {
  /** As the server writes it. */
  readonly table: string;
  /** The statement's own table, or one that it consists of. */
  readonly isTarget: boolean;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

/** The strongest lock that the session holds on a table: none that only readers take. */
export interface HeldLock {
  readonly table: string;
  /** `RowExclusive`. */
  readonly mode: string;
}

/** What the session has written so far, for the table of this name as it was typed; undefined: of no table. */
export function writesQuery(target: string | undefined): string {
  const root = target === undefined ? 'NULL::pg_catalog.regclass' : `pg_catalog.to_regclass(${quoteLiteral(target).trimStart()})`;
  return `WITH RECURSIVE family(oid) AS (
  SELECT ${root}::pg_catalog.oid
  UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN family f ON i.inhparent OPERATOR(pg_catalog.=) f.oid
)
SELECT s.relid::pg_catalog.regclass::pg_catalog.text, EXISTS (SELECT 1 FROM family f WHERE f.oid OPERATOR(pg_catalog.=) s.relid),
  s.n_tup_ins, s.n_tup_upd, s.n_tup_del
FROM pg_catalog.pg_stat_xact_user_tables s
WHERE s.n_tup_ins OPERATOR(pg_catalog.>) 0 OR s.n_tup_upd OPERATOR(pg_catalog.>) 0 OR s.n_tup_del OPERATOR(pg_catalog.>) 0
ORDER BY 1`;
}

export function tableWrites({ rows }: Rows): readonly TableWrites[] {
  return rows.map((row) => ({
    table: cell(row, 0),
    isTarget: cell(row, 1) === 't',
    inserted: Number(cell(row, 2)),
    updated: Number(cell(row, 3)),
    deleted: Number(cell(row, 4)),
  }));
}

/** What was written between two looks. */
export function writesSince(before: readonly TableWrites[], after: readonly TableWrites[]): readonly TableWrites[] {
  return after.flatMap((writes) => {
    const earlier = before.find(({ table }) => table === writes.table);
    const since = {
      ...writes,
      inserted: writes.inserted - (earlier?.inserted ?? 0),
      updated: writes.updated - (earlier?.updated ?? 0),
      deleted: writes.deleted - (earlier?.deleted ?? 0),
    };
    return since.inserted > 0 || since.updated > 0 || since.deleted > 0 ? [since] : [];
  });
}

/** The session's own locks on tables of the user's, the strongest first. */
export const heldLocksQuery = `SELECT l.relation::pg_catalog.regclass::pg_catalog.text, pg_catalog.replace(l.mode, 'Lock', '')
FROM pg_catalog.pg_locks l
     JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) l.relation
     JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
WHERE l.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid() AND l.locktype OPERATOR(pg_catalog.=) 'relation' AND l.granted
  AND c.relkind IN ('r', 'p', 'm', 'f') AND n.nspname OPERATOR(pg_catalog.!~) '^pg_(catalog|toast)'
  AND l.mode OPERATOR(pg_catalog.<>) 'AccessShareLock'
ORDER BY pg_catalog.array_position(ARRAY['AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock',
  'ShareUpdateExclusiveLock', 'RowExclusiveLock', 'RowShareLock'], l.mode), 1`;

/** The strongest first, and of equal ones that of the statement's own table. */
export function heldLocks({ rows }: Rows, target: string | undefined): readonly HeldLock[] {
  const strongest = new Map<string, HeldLock>();
  for (const row of rows) {
    const table = cell(row, 0);
    if (!strongest.has(table)) strongest.set(table, { table, mode: cell(row, 1) });
  }
  const locks = [...strongest.values()];
  const own = locks.find(({ table, mode }) => table === target && mode === locks[0]?.mode);
  return own === undefined ? locks : [own, ...locks.filter((lock) => lock !== own)];
}
