import type { CatalogList } from '../list.ts';
import type { ListQuery } from '../list-query.ts';
import { typeName } from './type-name.ts';

/** The first argument of \dAc and its kin, where one was given. */
function accessMethodMatch(q: ListQuery): string {
  return q.pattern === undefined ? '' : q.match({ name: 'am.amname', parts: 1, hasWhere: false });
}

/** The second argument as the name of an operator family. */
function familyMatch(q: ListQuery, schema: string, first: string): string {
  const pattern = q.patterns[1];
  return pattern === undefined ? '' : q.match({ schema, name: 'of.opfname', parts: 3, pattern, hasWhere: first !== '' });
}

/** \dA */
export const accessMethods: CatalogList = {
  title: 'List of access methods',
  query: (q) => `SELECT amname AS "Name",
  CASE amtype WHEN 'i' THEN 'Index' WHEN 't' THEN 'Table' END AS "Type"${q.plus(`,
  amhandler AS "Handler",
  pg_catalog.obj_description(oid, 'pg_am') AS "Description"`)}
FROM pg_catalog.pg_am
${q.match({ name: 'amname', parts: 1, hasWhere: false })}ORDER BY 1;`,
};

/** \dAc [METHOD [TYPE]] */
export const operatorClasses: CatalogList = {
  title: 'List of operator classes',
  query: (q) => {
    const method = accessMethodMatch(q);
    const pattern = q.patterns[1];
    const type = pattern === undefined ? '' : q.match({ ...typeName('tn', 't'), pattern, hasWhere: method !== '' });
    return `SELECT
  am.amname AS "AM",
  pg_catalog.format_type(c.opcintype, NULL) AS "Input type",
  CASE
    WHEN c.opckeytype <> 0 AND c.opckeytype <> c.opcintype
    THEN pg_catalog.format_type(c.opckeytype, NULL)
    ELSE NULL
  END AS "Storage type",
  CASE
    WHEN pg_catalog.pg_opclass_is_visible(c.oid)
    THEN pg_catalog.format('%I', c.opcname)
    ELSE pg_catalog.format('%I.%I', n.nspname, c.opcname)
  END AS "Operator class",
  (CASE WHEN c.opcdefault
    THEN 'yes'
    ELSE 'no'
  END) AS "Default?"${q.plus(`,
  CASE
    WHEN pg_catalog.pg_opfamily_is_visible(of.oid)
    THEN pg_catalog.format('%I', of.opfname)
    ELSE pg_catalog.format('%I.%I', ofn.nspname, of.opfname)
  END AS "Operator family",
 pg_catalog.pg_get_userbyid(c.opcowner) AS "Owner"
`)}
FROM pg_catalog.pg_opclass c
  LEFT JOIN pg_catalog.pg_am am on am.oid = c.opcmethod
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace
  LEFT JOIN pg_catalog.pg_type t ON t.oid = c.opcintype
  LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
${q.plus(`  LEFT JOIN pg_catalog.pg_opfamily of ON of.oid = c.opcfamily
  LEFT JOIN pg_catalog.pg_namespace ofn ON ofn.oid = of.opfnamespace
`)}${method}${type}ORDER BY 1, 2, 4;`;
  },
};

/** \dAf [METHOD [TYPE]] */
export const operatorFamilies: CatalogList = {
  title: 'List of operator families',
  query: (q) => {
    const method = accessMethodMatch(q);
    const pattern = q.patterns[1];
    const type =
      pattern === undefined
        ? ''
        : `  ${method === '' ? 'WHERE' : 'AND'} EXISTS (
    SELECT 1
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_opclass oc ON oc.opcintype = t.oid
    LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
    WHERE oc.opcfamily = f.oid
${q.match({ ...typeName('tn', 't'), pattern })}  )
`;
    return `SELECT
  am.amname AS "AM",
  CASE
    WHEN pg_catalog.pg_opfamily_is_visible(f.oid)
    THEN pg_catalog.format('%I', f.opfname)
    ELSE pg_catalog.format('%I.%I', n.nspname, f.opfname)
  END AS "Operator family",
  (SELECT
     pg_catalog.string_agg(pg_catalog.format_type(oc.opcintype, NULL), ', ')
   FROM pg_catalog.pg_opclass oc
   WHERE oc.opcfamily = f.oid) "Applicable types"${q.plus(',\n  pg_catalog.pg_get_userbyid(f.opfowner) AS "Owner"\n')}
FROM pg_catalog.pg_opfamily f
  LEFT JOIN pg_catalog.pg_am am on am.oid = f.opfmethod
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
${method}${type}ORDER BY 1, 2;`;
  },
};

/** \dAo [METHOD [FAMILY]] */
export const familyOperators: CatalogList = {
  title: 'List of operators of operator families',
  numbers: ['Strategy'],
  query: (q) => {
    const method = accessMethodMatch(q);
    return `SELECT
  am.amname AS "AM",
  CASE
    WHEN pg_catalog.pg_opfamily_is_visible(of.oid)
    THEN pg_catalog.format('%I', of.opfname)
    ELSE pg_catalog.format('%I.%I', nsf.nspname, of.opfname)
  END AS "Operator family",
  o.amopopr::pg_catalog.regoperator AS "Operator"
,  o.amopstrategy AS "Strategy",
  CASE o.amoppurpose
    WHEN 'o' THEN 'ordering'
    WHEN 's' THEN 'search'
  END AS "Purpose"
${q.plus(`, ofs.opfname AS "Sort opfamily"${q.since(18) ? `,\n  CASE\n    WHEN p.proleakproof THEN 'yes'\n    ELSE 'no'\n  END AS "Leakproof?"` : ''}
`)}FROM pg_catalog.pg_amop o
  LEFT JOIN pg_catalog.pg_opfamily of ON of.oid = o.amopfamily
  LEFT JOIN pg_catalog.pg_am am ON am.oid = of.opfmethod AND am.oid = o.amopmethod
  LEFT JOIN pg_catalog.pg_namespace nsf ON of.opfnamespace = nsf.oid
${q.plus(`  LEFT JOIN pg_catalog.pg_opfamily ofs ON ofs.oid = o.amopsortfamily
${q.since(18) ? '  LEFT JOIN pg_catalog.pg_operator op ON op.oid = o.amopopr\n  LEFT JOIN pg_catalog.pg_proc p ON p.oid = op.oprcode\n' : ''}`)}${method}${familyMatch(q, 'nsf.nspname', method)}ORDER BY 1, 2,
  o.amoplefttype = o.amoprighttype DESC,
  pg_catalog.format_type(o.amoplefttype, NULL),
  pg_catalog.format_type(o.amoprighttype, NULL),
  o.amopstrategy;`;
  },
};

/** \dAp [METHOD [FAMILY]] */
export const familyFunctions: CatalogList = {
  title: 'List of support functions of operator families',
  numbers: ['Number'],
  query: (q) => {
    const method = accessMethodMatch(q);
    return `SELECT
  am.amname AS "AM",
  CASE
    WHEN pg_catalog.pg_opfamily_is_visible(of.oid)
    THEN pg_catalog.format('%I', of.opfname)
    ELSE pg_catalog.format('%I.%I', ns.nspname, of.opfname)
  END AS "Operator family",
  pg_catalog.format_type(ap.amproclefttype, NULL) AS "Registered left type",
  pg_catalog.format_type(ap.amprocrighttype, NULL) AS "Registered right type",
  ap.amprocnum AS "Number"
, ${q.isVerbose ? 'ap.amproc::pg_catalog.regprocedure' : 'p.proname'} AS "Function"
FROM pg_catalog.pg_amproc ap
  LEFT JOIN pg_catalog.pg_opfamily of ON of.oid = ap.amprocfamily
  LEFT JOIN pg_catalog.pg_am am ON am.oid = of.opfmethod
  LEFT JOIN pg_catalog.pg_namespace ns ON of.opfnamespace = ns.oid
  LEFT JOIN pg_catalog.pg_proc p ON ap.amproc = p.oid
${method}${familyMatch(q, 'ns.nspname', method)}ORDER BY 1, 2,
  ap.amproclefttype = ap.amprocrighttype DESC,
  3, 4, 5;`;
  },
};
