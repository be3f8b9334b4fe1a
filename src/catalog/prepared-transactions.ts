import { quoteLiteral } from '../sql/quote.ts';
import type { Rows } from './catalog-work.ts';

/** The prepared transactions of this database, oldest first: id, age in seconds, owner. */
export const preparedTransactions =
  'select gid, extract(epoch from pg_catalog.clock_timestamp() operator(pg_catalog.-) prepared)::pg_catalog.int8::text, owner::text ' +
  'from pg_catalog.pg_prepared_xacts where database operator(pg_catalog.=) pg_catalog.current_database() order by prepared';

/** What to tell of them: how old, whose, and how to end them; undefined where there are none. */
export function preparedText({ rows }: Rows): string | undefined {
  const [first] = rows;
  const [gid, seconds, owner] = first ?? [];
  if (typeof gid !== 'string') return undefined;
  const id = quoteLiteral(gid).trimStart();
  const what = `${id} of ${owner ?? 'somebody'}, ${ageText(Number(seconds ?? '0'))} old`;
  const left =
    rows.length === 1
      ? `A prepared transaction was left behind: ${what}.`
      : `${rows.length} prepared transactions were left behind, the oldest ${what}:\nselect * from pg_prepared_xacts lists them.`;
  return `${left}\nIt keeps its locks until COMMIT or ROLLBACK PREPARED ${id}.`;
}

function ageText(seconds: number): string {
  if (seconds < 60) return `${Math.max(0, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} days`;
}
