import type { CatalogList } from '../list.ts';
import type { ListRequest } from '../list-request.ts';

const kindNames = {
  t: 'tables',
  i: 'indexes',
  v: 'views',
  m: 'materialized views',
  s: 'sequences',
  E: 'foreign tables',
} as const;

type Kind = keyof typeof kindNames;
const kinds: readonly Kind[] = ['t', 'i', 'v', 'm', 's', 'E'];

/** The kinds the letters name; \d alone means \dtvmsE. */
function kindsOf({ letters }: ListRequest): readonly Kind[] {
  const named = kinds.filter((kind) => letters.slice(1).includes(kind));
  return named.length > 0 ? named : ['t', 'v', 'm', 's', 'E'];
}

/** What the list is called: psql 18 names a single kind. */
function kindTitle(request: ListRequest): string {
  const named = kindsOf(request);
  const [only] = named;
  return request.version >= 180_000 && named.length === 1 && only !== undefined ? kindNames[only] : 'relations';
}

/** \dt \di \dv \dm \ds \dE and any combination of the letters. */
export const relations: CatalogList = {
  title: (request) => `List of ${kindTitle(request)}`,
  nothingFound: (request) => {
    const [pattern] = request.patterns;
    if (pattern === undefined) return `Did not find any ${kindTitle(request)}.`;
    const what = request.version >= 180_000 ? kindTitle(request) : 'relation';
    return `Did not find any ${what} named "${pattern}".`;
  },
  query: (q) => {
    const shown = kindsOf(q);
    const has = (...some: readonly Kind[]) => some.some((kind) => shown.includes(kind));
    const hasMethod = q.since(12) && !q.hidesAccessMethod && has('t', 'm', 'i');
    const isOpen = q.showsSystem || q.pattern !== undefined;
    const relkinds = [
      has('t') ? `'r','p',${isOpen ? "'t'," : ''}` : '',
      has('v') ? "'v'," : '',
      has('m') ? "'m'," : '',
      has('i') ? "'i','I'," : '',
      has('s') ? "'S'," : '',
      isOpen ? "'s'," : '',
      has('E') ? "'f'," : '',
    ].join('');
    return `SELECT n.nspname as "Schema",
  c.relname as "Name",
  CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'i' THEN 'index' WHEN 'S' THEN 'sequence' WHEN 't' THEN 'TOAST table' WHEN 'f' THEN 'foreign table' WHEN 'p' THEN 'partitioned table' WHEN 'I' THEN 'partitioned index' END as "Type",
  pg_catalog.pg_get_userbyid(c.relowner) as "Owner"${has('i') ? ',\n  c2.relname as "Table"' : ''}${q.plus(`,
  CASE c.relpersistence WHEN 'p' THEN 'permanent' WHEN 't' THEN 'temporary' WHEN 'u' THEN 'unlogged' END as "Persistence"${hasMethod ? ',\n  am.amname as "Access method"' : ''},
  pg_catalog.pg_size_pretty(pg_catalog.pg_table_size(c.oid)) as "Size",
  pg_catalog.obj_description(c.oid, 'pg_class') as "Description"`)}
FROM pg_catalog.pg_class c
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace${hasMethod ? '\n     LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam' : ''}${
       has('i')
         ? '\n     LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid\n     LEFT JOIN pg_catalog.pg_class c2 ON i.indrelid = c2.oid'
         : ''
     }
WHERE c.relkind IN (${relkinds}'')
${isOpen ? '' : withoutSystemAndToast}${q.match(relationMatch)}ORDER BY 1,2;`;
  },
};

const withoutSystemAndToast = `      AND n.nspname <> 'pg_catalog'
      AND n.nspname !~ '^pg_toast'
      AND n.nspname <> 'information_schema'
`;

const relationMatch = {
  schema: 'n.nspname',
  name: 'c.relname',
  visibility: 'pg_catalog.pg_table_is_visible(c.oid)',
  parts: 3,
} as const;

/** \dP, with t, i and n. */
export const partitionedRelations: CatalogList = {
  title: ({ letters }) => {
    const [tables, indexes] = partitionedKinds(letters);
    return `List of partitioned ${tables && indexes ? 'relations' : tables ? 'tables' : 'indexes'}`;
  },
  query: (q) => {
    const [tables, indexes] = partitionedKinds(q.letters);
    const isNested = q.letters.slice(2).includes('n');
    const isMixed = tables && indexes;
    const hasParent = isNested || q.pattern !== undefined;
    return `SELECT n.nspname as "Schema",
  c.relname as "Name",
  pg_catalog.pg_get_userbyid(c.relowner) as "Owner"${
    isMixed ? `,\n  CASE c.relkind WHEN 'p' THEN 'partitioned table' WHEN 'I' THEN 'partitioned index' END as "Type"` : ''
  }${hasParent ? ',\n  inh.inhparent::pg_catalog.regclass as "Parent name"' : ''}${
    indexes ? ',\n c2.oid::pg_catalog.regclass as "Table"' : ''
  }${q.plus(`${q.since(18) ? ',\n  am.amname as "Access method"' : ''}${isNested ? ',\n  s.dps as "Leaf partition size"' : ''},
  s.tps as "Total size",
  pg_catalog.obj_description(c.oid, 'pg_class') as "Description"`)}
FROM pg_catalog.pg_class c
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace${
       indexes
         ? '\n     LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid\n     LEFT JOIN pg_catalog.pg_class c2 ON i.indrelid = c2.oid'
         : ''
     }${hasParent ? '\n     LEFT JOIN pg_catalog.pg_inherits inh ON c.oid = inh.inhrelid' : ''}${q.plus(
       `${q.since(18) ? '\n     LEFT JOIN pg_catalog.pg_am am ON c.relam = am.oid' : ''}${q.since(12) ? partitionSizes : partitionSizesBefore12}`,
     )}
WHERE c.relkind IN (${tables ? "'p'," : ''}${indexes ? "'I'," : ''}'')
${hasParent ? '' : ' AND NOT c.relispartition\n'}${q.pattern === undefined ? withoutSystemAndToast : ''}${q.match(relationMatch)}ORDER BY "Schema", ${
      isMixed ? '"Type" DESC, ' : ''
    }${hasParent ? '"Parent name" NULLS FIRST, ' : ''}"Name";`;
  },
};

function partitionedKinds(letters: string): readonly [tables: boolean, indexes: boolean] {
  const given = letters.slice(2);
  const tables = given.includes('t');
  const indexes = given.includes('i');
  return tables || indexes ? [tables, indexes] : [true, true];
}

const partitionSizes = `,
     LATERAL (SELECT pg_catalog.pg_size_pretty(sum(
                 CASE WHEN ppt.isleaf AND ppt.level = 1
                      THEN pg_catalog.pg_table_size(ppt.relid) ELSE 0 END)) AS dps,
                     pg_catalog.pg_size_pretty(sum(pg_catalog.pg_table_size(ppt.relid))) AS tps
              FROM pg_catalog.pg_partition_tree(c.oid) ppt) s`;

const partitionSizesBefore12 = `,
     LATERAL (WITH RECURSIVE d
                AS (SELECT inhrelid AS oid, 1 AS level
                      FROM pg_catalog.pg_inherits
                     WHERE inhparent = c.oid
                    UNION ALL
                    SELECT inhrelid, level + 1
                      FROM pg_catalog.pg_inherits i
                           JOIN d ON i.inhparent = d.oid)
                SELECT pg_catalog.pg_size_pretty(sum(pg_catalog.pg_table_size(d.oid))) AS tps,
                       pg_catalog.pg_size_pretty(sum(
             CASE WHEN d.level = 1 THEN pg_catalog.pg_table_size(d.oid) ELSE 0 END)) AS dps
               FROM d) s`;

/** \dX */
export const extendedStatistics: CatalogList = {
  title: 'List of extended statistics',
  query: (q) => `SELECT 
es.stxnamespace::pg_catalog.regnamespace::pg_catalog.text AS "Schema", 
es.stxname AS "Name", 
pg_catalog.format('%s FROM %s', 
${
  q.since(14)
    ? `  pg_catalog.pg_get_statisticsobjdef_columns(es.oid), 
  es.stxrelid`
    : `  (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname),', ') 
   FROM pg_catalog.unnest(es.stxkeys) s(attnum) 
   JOIN pg_catalog.pg_attribute a 
   ON (es.stxrelid = a.attrelid 
   AND a.attnum = s.attnum 
   AND NOT a.attisdropped)), 
es.stxrelid`
}::pg_catalog.regclass) AS "Definition",
CASE WHEN 'd' = any(es.stxkind) THEN 'defined' 
END AS "Ndistinct", 
CASE WHEN 'f' = any(es.stxkind) THEN 'defined' 
END AS "Dependencies"${q.since(12) ? `,\nCASE WHEN 'm' = any(es.stxkind) THEN 'defined' \nEND AS "MCV" ` : ''} 
FROM pg_catalog.pg_statistic_ext es 
${q.match({
  schema: 'es.stxnamespace::pg_catalog.regnamespace::pg_catalog.text',
  name: 'es.stxname',
  visibility: 'pg_catalog.pg_statistics_obj_is_visible(es.oid)',
  parts: 3,
  hasWhere: false,
})}ORDER BY 1, 2;`,
};
