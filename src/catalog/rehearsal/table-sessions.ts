import type { LockLevel } from '../../sql/guard/ddl-fact.ts';
import { waitsFor } from '../../sql/guard/lock-conflicts.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import type { Rows } from '../catalog-work.ts';
import { cell } from '../catalog-work.ts';

/** The tables that names mean on the session that is asked; of an index its table. Names that mean nothing are not there. */
export function tablesNamedQuery(names: readonly string[]): string {
  const list = names.map((name) => quoteLiteral(name).trimStart()).join(', ');
  return `SELECT DISTINCT t.oid::pg_catalog.text,
  pg_catalog.quote_ident(n.nspname) OPERATOR(pg_catalog.||) '.' OPERATOR(pg_catalog.||) pg_catalog.quote_ident(t.relname),
  t.oid::pg_catalog.regclass::pg_catalog.text
FROM pg_catalog.unnest(ARRAY[${list}]::pg_catalog.text[]) w (name)
JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(w.name)
LEFT JOIN pg_catalog.pg_index i ON i.indexrelid OPERATOR(pg_catalog.=) c.oid
JOIN pg_catalog.pg_class t ON t.oid OPERATOR(pg_catalog.=) COALESCE(i.indrelid, c.oid)
JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) t.relnamespace
ORDER BY 3`;
}

/** Sessions but the own one with a lock on these tables, or in wait for one, the oldest transaction first; then how many there are at all. */
export function tableSessionsQuery(oids: readonly string[], own: number): string {
  return `SELECT l.pid::pg_catalog.text, a.usename, a.application_name, a.state, pg_catalog.replace(l.mode, 'Lock', ''), l.granted,
  l.relation::pg_catalog.regclass::pg_catalog.text,
  pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) a.xact_start)::pg_catalog.int8::pg_catalog.text
FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid OPERATOR(pg_catalog.=) l.pid
WHERE l.locktype OPERATOR(pg_catalog.=) 'relation' AND l.relation IN (${oids.join(', ')})
  AND l.database OPERATOR(pg_catalog.=) (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database())
  AND l.pid NOT IN (${own}, pg_catalog.pg_backend_pid())
ORDER BY a.xact_start, l.pid`;
}

/** A session that has a lock on a table, or waits for one. */
export interface TableSession {
  readonly processId: string;
  readonly user: string;
  readonly application: string;
  /** `idle in transaction`, `active` … */
  readonly state: string;
  readonly mode: string;
  readonly isGranted: boolean;
  readonly table: string;
  /** Of its transaction, in seconds. */
  readonly age: number;
}

export function tableSessions({ rows }: Rows): readonly TableSession[] {
  return rows.map((row) => ({
    processId: cell(row, 0),
    user: cell(row, 1),
    application: cell(row, 2),
    state: cell(row, 3),
    mode: cell(row, 4),
    isGranted: cell(row, 5) === 't',
    table: cell(row, 6),
    age: Number(cell(row, 7)),
  }));
}

/** What a session is to one who wants a lock: it has to end first, it stands before it in the queue, or neither waits. */
export function standing(wanted: LockLevel, session: TableSession): 'blocks' | 'queues' | 'apart' {
  if (!waitsFor(wanted, session.mode)) return 'apart';
  return session.isGranted ? 'blocks' : 'queues';
}
