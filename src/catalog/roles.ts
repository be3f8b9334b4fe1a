import { type CatalogOutcome, type CatalogWork, cell, done } from './catalog-work.ts';
import { buildQuery, type ListQuery } from './list-query.ts';
import type { ListRequest } from './list-request.ts';

// psql 16 took the memberships out: \drg has them.
const membershipsUntil = 160_000;

function rolesQuery(q: ListQuery): string {
  const memberships =
    q.version < membershipsUntil
      ? `,
  ARRAY(SELECT b.rolname
        FROM pg_catalog.pg_auth_members m
        JOIN pg_catalog.pg_roles b ON (m.roleid = b.oid)
        WHERE m.member = r.oid) as memberof`
      : '';
  return `SELECT r.rolname, r.rolsuper, r.rolinherit,
  r.rolcreaterole, r.rolcreatedb, r.rolcanlogin,
  r.rolconnlimit, r.rolvaliduntil${memberships}${q.plus("\n, pg_catalog.shobj_description(r.oid, 'pg_authid') AS description")}
, r.rolreplication
, r.rolbypassrls
FROM pg_catalog.pg_roles r
${q.showsSystem || q.pattern !== undefined ? '' : "WHERE r.rolname !~ '^pg_'\n"}${q.match({ name: 'r.rolname', parts: 1, hasWhere: false })}ORDER BY 1;`;
}

/** \du and \dg */
export function* describeRoles(request: ListRequest): CatalogWork<CatalogOutcome> {
  const built = buildQuery(request, rolesQuery);
  if (!built.ok) return { type: 'failed', text: built.text };
  const found = yield built.sql;
  const hasMemberships = request.version < membershipsUntil;
  const description = hasMemberships ? 9 : 8;
  const replication = description + (request.isVerbose ? 1 : 0);
  const names = ['Role name', 'Attributes', ...(hasMemberships ? ['Member of'] : []), ...(request.isVerbose ? ['Description'] : [])];
  yield {
    title: 'List of roles',
    columns: names.map((name) => ({ name, align: 'left' as const })),
    rows: found.rows.map((row) => [
      cell(row, 0),
      attributes(row, replication),
      ...(hasMemberships ? [cell(row, 8)] : []),
      ...(request.isVerbose ? [cell(row, description)] : []),
    ]),
    footers: [],
  };
  return done;
}

function attributes(row: readonly (string | null)[], replication: number): string {
  const is = (column: number) => cell(row, column) === 't';
  const flags = [
    is(1) ? 'Superuser' : '',
    is(2) ? '' : 'No inheritance',
    is(3) ? 'Create role' : '',
    is(4) ? 'Create DB' : '',
    is(5) ? '' : 'Cannot login',
    is(replication) ? 'Replication' : '',
    is(replication + 1) ? 'Bypass RLS' : '',
  ].filter((flag) => flag !== '');
  const connections = Number(cell(row, 6));
  const until = cell(row, 7);
  return [
    flags.join(', '),
    connections < 0 ? '' : connections === 0 ? 'No connections' : `${connections} connection${connections === 1 ? '' : 's'}`,
    until === '' ? '' : `Password valid until ${until}`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}
