import type { CatalogList } from '../list.ts';

/** \dRp without + */
export const publications: CatalogList = {
  title: 'List of publications',
  query: (q) => `SELECT pubname AS "Name",
  pg_catalog.pg_get_userbyid(pubowner) AS "Owner",
  puballtables AS "All tables",
  pubinsert AS "Inserts",
  pubupdate AS "Updates",
  pubdelete AS "Deletes"${q.since(11) ? ',\n  pubtruncate AS "Truncates"' : ''}${
    q.since(18) ? `,\n (CASE pubgencols\n    WHEN 'n' THEN 'none'\n    WHEN 's' THEN 'stored'\n   END) AS "Generated columns"` : ''
  }${q.since(13) ? ',\n  pubviaroot AS "Via root"' : ''}
FROM pg_catalog.pg_publication
${q.match({ name: 'pubname', parts: 1, hasWhere: false })}ORDER BY 1;`,
};

/** \dRs: the subscriptions of the current database. */
export const subscriptions: CatalogList = {
  title: 'List of subscriptions',
  query: (q) => `SELECT subname AS "Name"
,  pg_catalog.pg_get_userbyid(subowner) AS "Owner"
,  subenabled AS "Enabled"
,  subpublications AS "Publication"
${q.plus(
  [
    q.since(14) ? ', subbinary AS "Binary"\n' : '',
    q.since(16)
      ? `, (CASE substream\n    WHEN 'f' THEN 'off'\n    WHEN 't' THEN 'on'\n    WHEN 'p' THEN 'parallel'\n   END) AS "Streaming"\n`
      : q.since(14)
        ? ', substream AS "Streaming"\n'
        : '',
    q.since(15) ? ', subtwophasestate AS "Two-phase commit"\n, subdisableonerr AS "Disable on error"\n' : '',
    q.since(16) ? ', suborigin AS "Origin"\n, subpasswordrequired AS "Password required"\n, subrunasowner AS "Run as owner?"\n' : '',
    q.since(17) ? ', subfailover AS "Failover"\n' : '',
    ',  subsynccommit AS "Synchronous commit"\n,  subconninfo AS "Conninfo"\n',
    q.since(15) ? ', subskiplsn AS "Skip LSN"\n' : '',
  ].join(''),
)}FROM pg_catalog.pg_subscription
WHERE subdbid = (SELECT oid
                 FROM pg_catalog.pg_database
                 WHERE datname = pg_catalog.current_database())${q.match({ name: 'subname', parts: 1 })}ORDER BY 1;`,
};
