import type { CatalogList } from '../list.ts';
import type { ListQuery } from '../list-query.ts';
import type { ListRequest } from '../list-request.ts';
import { argumentMatch, typeName } from './type-name.ts';

/** \da */
export const aggregates: CatalogList = {
  title: 'List of aggregate functions',
  query: (q) => `SELECT n.nspname as "Schema",
  p.proname AS "Name",
  pg_catalog.format_type(p.prorettype, NULL) AS "Result data type",
  CASE WHEN p.pronargs = 0
    THEN CAST('*' AS pg_catalog.text)
    ELSE pg_catalog.pg_get_function_arguments(p.oid)
  END AS "Argument data types",
  pg_catalog.obj_description(p.oid, 'pg_proc') as "Description"
FROM pg_catalog.pg_proc p
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE ${q.since(11) ? "p.prokind = 'a'" : 'p.proisagg'}
${q.userObjects()}${q.match(functionMatch)}ORDER BY 1, 2, 4;`,
};

const functionMatch = {
  schema: 'n.nspname',
  name: 'p.proname',
  visibility: 'pg_catalog.pg_function_is_visible(p.oid)',
  parts: 3,
} as const;

/** The kinds of \df's letters, in the order psql's conditions come in. */
const functionKinds = [
  { letter: 'a', is: "p.prokind = 'a'", isNot: "p.prokind <> 'a'", before11: 'p.proisagg', notBefore11: 'NOT p.proisagg' },
  { letter: 'p', is: "p.prokind = 'p'", isNot: "p.prokind <> 'p'", before11: undefined, notBefore11: undefined },
  {
    letter: 't',
    is: "p.prorettype = 'pg_catalog.trigger'::pg_catalog.regtype",
    isNot: "p.prorettype <> 'pg_catalog.trigger'::pg_catalog.regtype",
    before11: "p.prorettype = 'pg_catalog.trigger'::pg_catalog.regtype",
    notBefore11: "p.prorettype <> 'pg_catalog.trigger'::pg_catalog.regtype",
  },
  { letter: 'w', is: "p.prokind = 'w'", isNot: "p.prokind <> 'w'", before11: 'p.proiswindow', notBefore11: 'NOT p.proiswindow' },
] as const;

// Where kinds are asked for, psql writes triggers before procedures.
const wantedOrder = ['a', 't', 'p', 'w'];

/** The condition on the function's kind, '' where all are shown. */
function kindCondition(q: ListQuery): string {
  const letters = q.letters.slice(2);
  const known = functionKinds.filter((kind) => q.since(11) || kind.before11 !== undefined);
  const wanted = known.filter((kind) => letters.includes(kind.letter));
  const isNormal = letters.includes('n');
  if (wanted.length === 0 && !isNormal) return '';
  if (isNormal) {
    const unwanted = known.filter((kind) => !letters.includes(kind.letter)).map((kind) => (q.since(11) ? kind.isNot : kind.notBefore11));
    return unwanted.length === 0 ? '' : `WHERE ${unwanted.join('\n      AND ')}\n`;
  }
  const conditions = wanted
    .toSorted((one, other) => wantedOrder.indexOf(one.letter) - wantedOrder.indexOf(other.letter))
    .map((kind) => (q.since(11) ? kind.is : kind.before11));
  return `WHERE (\n       ${conditions.join('\n       OR ')}\n      )\n`;
}

/** The argument patterns of \df: `-` stands for no such argument. */
function argumentConditions(q: ListQuery): string {
  return q.patterns
    .slice(1)
    .map((pattern, index) => argumentMatch(q, pattern, index))
    .join('');
}

/** \df[anptw] FUNCTION [TYPE …] */
export const functions: CatalogList = {
  title: 'List of functions',
  refuses: refusedLetters,
  query: (q) => {
    const kind = kindCondition(q);
    return `SELECT n.nspname as "Schema",
  p.proname as "Name",
  pg_catalog.pg_get_function_result(p.oid) as "Result data type",
  pg_catalog.pg_get_function_arguments(p.oid) as "Argument data types",
${
  q.since(11)
    ? ` CASE p.prokind
  WHEN 'a' THEN 'agg'
  WHEN 'w' THEN 'window'
  WHEN 'p' THEN 'proc'`
    : ` CASE
  WHEN p.proisagg THEN 'agg'
  WHEN p.proiswindow THEN 'window'
  WHEN p.prorettype = 'pg_catalog.trigger'::pg_catalog.regtype THEN 'trigger'`
}
  ELSE 'func'
 END as "Type"${q.plus(`,
 CASE
  WHEN p.provolatile = 'i' THEN 'immutable'
  WHEN p.provolatile = 's' THEN 'stable'
  WHEN p.provolatile = 'v' THEN 'volatile'
 END as "Volatility",
 CASE
  WHEN p.proparallel = 'r' THEN 'restricted'
  WHEN p.proparallel = 's' THEN 'safe'
  WHEN p.proparallel = 'u' THEN 'unsafe'
 END as "Parallel",
 pg_catalog.pg_get_userbyid(p.proowner) as "Owner",
 CASE WHEN prosecdef THEN 'definer' ELSE 'invoker' END AS "Security"${
   q.since(18) ? `,\n CASE WHEN p.proleakproof THEN 'yes' ELSE 'no' END as "Leakproof?"` : ''
 },
 ${q.privileges('p.proacl')},
 l.lanname as "Language",
 ${sourceColumn(q)},
 pg_catalog.obj_description(p.oid, 'pg_proc') as "Description"`)}
FROM pg_catalog.pg_proc p
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
${q.patterns
  .slice(1)
  .map(
    (_, i) => `     LEFT JOIN pg_catalog.pg_type t${i} ON t${i}.oid = p.proargtypes[${i}]
     LEFT JOIN pg_catalog.pg_namespace nt${i} ON nt${i}.oid = t${i}.typnamespace
`,
  )
  .join(
    '',
  )}${q.plus('     LEFT JOIN pg_catalog.pg_language l ON l.oid = p.prolang\n')}${kind}${q.match({ ...functionMatch, hasWhere: kind !== '' })}${argumentConditions(
  q,
)}${q.userObjects()}ORDER BY 1, 2, 4;`;
  },
};

function sourceColumn(q: ListQuery): string {
  if (q.since(16)) return `CASE WHEN l.lanname IN ('internal', 'c') THEN p.prosrc END as "Internal name"`;
  return q.since(14) ? 'COALESCE(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc) as "Source code"' : 'p.prosrc as "Source code"';
}

function refusedLetters({ letters, version }: ListRequest): string | undefined {
  if (/[^anptwSx+]/.test(letters.slice(2))) return `\\df only takes [anptwS${version >= 180_000 ? 'x' : ''}+] as options`;
  if (version < 110_000 && letters.slice(2).includes('p')) {
    return `\\df does not take a "p" option with server version ${Math.floor(version / 10_000)}`;
  }
  return undefined;
}

/** \do [OPERATOR [TYPE [TYPE]]]; one type means a prefix operator. */
export const operators: CatalogList = {
  title: 'List of operators',
  query: (q) => {
    const types = q.patterns.slice(1, 3);
    const joins = types.length === 2 ? ['oprleft', 'oprright'] : types.length === 1 ? ['oprright'] : [];
    return `SELECT n.nspname as "Schema",
  o.oprname AS "Name",
  CASE WHEN o.oprkind='l' THEN NULL ELSE pg_catalog.format_type(o.oprleft, NULL) END AS "Left arg type",
  CASE WHEN o.oprkind='r' THEN NULL ELSE pg_catalog.format_type(o.oprright, NULL) END AS "Right arg type",
  pg_catalog.format_type(o.oprresult, NULL) AS "Result type",
${q.plus(`  o.oprcode AS "Function",
${q.since(18) ? `  CASE WHEN p.proleakproof THEN 'yes' ELSE 'no' END AS "Leakproof?",\n` : ''}`)}  coalesce(pg_catalog.obj_description(o.oid, 'pg_operator'),
           pg_catalog.obj_description(o.oprcode, 'pg_proc')) AS "Description"
FROM pg_catalog.pg_operator o
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
${joins
  .map(
    (side, i) => `     LEFT JOIN pg_catalog.pg_type t${i} ON t${i}.oid = o.${side}
     LEFT JOIN pg_catalog.pg_namespace nt${i} ON nt${i}.oid = t${i}.typnamespace
`,
  )
  .join('')}${q.since(18) ? q.plus('     LEFT JOIN pg_catalog.pg_proc p ON p.oid = o.oprcode\n') : ''}${q.userObjects('WHERE')}${q.match({
  schema: 'n.nspname',
  name: 'o.oprname',
  visibility: 'pg_catalog.pg_operator_is_visible(o.oid)',
  parts: 3,
  hasWhere: !q.showsSystem && q.pattern === undefined,
  escapes: true,
})}${types.length === 1 ? '  AND o.oprleft = 0\n' : ''}${types.map((pattern, index) => argumentMatch(q, pattern, index)).join('')}ORDER BY 1, 2, 3, 4;`;
  },
};

/** \dC */
export const casts: CatalogList = {
  title: 'List of casts',
  query: (q) => `SELECT pg_catalog.format_type(castsource, NULL) AS "Source type",
       pg_catalog.format_type(casttarget, NULL) AS "Target type",
       CASE WHEN c.castmethod = 'b' THEN '(binary coercible)'
            WHEN c.castmethod = 'i' THEN '(with inout)'
            ELSE p.proname
       END AS "Function",
       CASE WHEN c.castcontext = 'e' THEN 'no'
            WHEN c.castcontext = 'a' THEN 'in assignment'
            ELSE 'yes'
       END AS "Implicit?"${q.plus(`${q.since(18) ? `,\n       CASE WHEN p.proleakproof THEN 'yes'\n            ELSE 'no'\n       END AS "Leakproof?"` : ''},
       d.description AS "Description"`)}
FROM pg_catalog.pg_cast c LEFT JOIN pg_catalog.pg_proc p
     ON c.castfunc = p.oid
     LEFT JOIN pg_catalog.pg_type ts
     ON c.castsource = ts.oid
     LEFT JOIN pg_catalog.pg_namespace ns
     ON ns.oid = ts.typnamespace
     LEFT JOIN pg_catalog.pg_type tt
     ON c.casttarget = tt.oid
     LEFT JOIN pg_catalog.pg_namespace nt
     ON nt.oid = tt.typnamespace
${q.plus(`     LEFT JOIN pg_catalog.pg_description d
     ON d.classoid = c.tableoid AND d.objoid = c.oid AND d.objsubid = 0
`)}WHERE ( (true${q.match(typeName('ns', 'ts'))}) OR (true${q.match(typeName('nt', 'tt'))}) )
ORDER BY 1, 2;`,
};
