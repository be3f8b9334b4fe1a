import { cell } from '../catalog-work.ts';
import { isKind, type Relation } from './relation.ts';
import { headed, querySection, type Section } from './section.ts';
import { tablespaceName } from './tablespace.ts';

/** What \d says of an index: `primary key, btree, for table "public.x"`. */
export const indexDetails: Section = querySection(
  (relation) => isKind(relation, 'iI'),
  ({ oid, request }) => `SELECT i.indisunique, i.indisprimary, i.indisclustered, i.indisvalid,
  ${indexConstraint('condeferrable')},
  ${indexConstraint('condeferred')},
i.indisreplident,
${request.version >= 150_000 ? 'i.indnullsnotdistinct' : 'false AS indnullsnotdistinct'},
  a.amname, c2.relname, pg_catalog.pg_get_expr(i.indpred, i.indrelid, true)
FROM pg_catalog.pg_index i, pg_catalog.pg_class c, pg_catalog.pg_class c2, pg_catalog.pg_am a
WHERE i.indexrelid = c.oid AND c.oid = '${oid}' AND c.relam = a.oid
AND i.indrelid = c2.oid;`,
  ({ rows: [row] }, relation) => {
    if (row === undefined) return [];
    const is = (column: number) => cell(row, column) === 't';
    const uniqueness = is(1) ? 'primary key, ' : is(0) ? `unique${is(7) ? ' nulls not distinct' : ''}, ` : '';
    return [
      [
        // An index is in the schema of its table.
        `${uniqueness}${cell(row, 8)}, for table "${relation.schema}.${cell(row, 9)}"`,
        cell(row, 10) === '' ? '' : `, predicate (${cell(row, 10)})`,
        is(2) ? ', clustered' : '',
        is(3) ? '' : ', invalid',
        is(4) ? ', deferrable' : '',
        is(5) ? ', initially deferred' : '',
        is(6) ? ', replica identity' : '',
      ].join(''),
    ];
  },
);

function indexConstraint(flag: string): string {
  return `(NOT i.indimmediate) AND EXISTS (SELECT 1 FROM pg_catalog.pg_constraint WHERE conrelid = i.indrelid AND conindid = i.indexrelid AND contype IN ('p','u','x') AND ${flag}) AS ${flag}`;
}

/** The indexes of a table. */
export const indexes: Section = {
  applies: (relation) => relation.hasIndex && isKind(relation, 'rmfpt'),
  *lines(relation) {
    const found = yield indexesQuery(relation);
    const lines: string[] = [];
    for (const row of found.rows) {
      const tablespace = yield* tablespaceName(cell(row, 11));
      lines.push(`${indexLine(row)}${tablespace === undefined ? '' : `, tablespace "${tablespace}"`}`);
    }
    return headed('Indexes:', lines);
  },
};

function indexesQuery({ oid, request }: Relation): string {
  return `SELECT c2.relname, i.indisprimary, i.indisunique, i.indisclustered, i.indisvalid, pg_catalog.pg_get_indexdef(i.indexrelid, 0, true),
  pg_catalog.pg_get_constraintdef(con.oid, true), contype, condeferrable, condeferred, i.indisreplident, c2.reltablespace${
    request.version >= 180_000 ? ', con.conperiod' : ''
  }
FROM pg_catalog.pg_class c, pg_catalog.pg_class c2, pg_catalog.pg_index i
  LEFT JOIN pg_catalog.pg_constraint con ON (conrelid = i.indrelid AND conindid = i.indexrelid AND contype IN ('p','u','x'))
WHERE c.oid = '${oid}' AND c.oid = i.indrelid AND i.indexrelid = c2.oid
ORDER BY i.indisprimary DESC, c2.relname;`;
}

function indexLine(row: readonly (string | null)[]): string {
  const is = (column: number) => cell(row, column) === 't';
  return [
    `    "${cell(row, 0)}"`,
    cell(row, 7) === 'x' || is(12) ? ` ${cell(row, 6)}` : plainIndex(row),
    is(3) ? ' CLUSTER' : '',
    is(4) ? '' : ' INVALID',
    is(10) ? ' REPLICA IDENTITY' : '',
  ].join('');
}

/** An index that is no exclusion constraint and has no period: its definition from the access method on. */
function plainIndex(row: readonly (string | null)[]): string {
  const is = (column: number) => cell(row, column) === 't';
  const label = is(1) ? ' PRIMARY KEY,' : is(2) ? (cell(row, 7) === 'u' ? ' UNIQUE CONSTRAINT,' : ' UNIQUE,') : '';
  const definition = cell(row, 5);
  const using = definition.indexOf(' USING ');
  return `${label} ${using < 0 ? definition : definition.slice(using + 7)}${is(8) ? ' DEFERRABLE' : ''}${is(9) ? ' INITIALLY DEFERRED' : ''}`;
}
