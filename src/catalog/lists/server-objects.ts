import type { CatalogList } from '../list.ts';

/** \db */
export const tablespaces: CatalogList = {
  title: 'List of tablespaces',
  query: (q) => `SELECT spcname AS "Name",
  pg_catalog.pg_get_userbyid(spcowner) AS "Owner",
  pg_catalog.pg_tablespace_location(oid) AS "Location"${q.plus(`,
  ${q.privileges('spcacl')},
  spcoptions AS "Options",
  pg_catalog.pg_size_pretty(pg_catalog.pg_tablespace_size(oid)) AS "Size",
  pg_catalog.shobj_description(oid, 'pg_tablespace') AS "Description"`)}
FROM pg_catalog.pg_tablespace
${q.match({ name: 'spcname', parts: 1, hasWhere: false })}ORDER BY 1;`,
};

/** \l and -l */
export const databases: CatalogList = {
  title: 'List of databases',
  query: (q) => {
    // psql 16 moved the provider before the collation, added the ICU rules and indented otherwise; 17 renamed the locale.
    const indent = q.since(16) ? '  ' : '       ';
    const provider = q.since(15)
      ? `CASE d.datlocprovider ${q.since(17) ? "WHEN 'b' THEN 'builtin' " : ''}WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' END AS "Locale Provider"`
      : `'libc' AS "Locale Provider"`;
    const collation = ['d.datcollate as "Collate"', 'd.datctype as "Ctype"'];
    const locale = q.since(17) ? 'd.datlocale as "Locale"' : `${q.since(15) ? 'd.daticulocale' : 'NULL'} as "ICU Locale"`;
    const columns = [
      'd.datname as "Name"',
      'pg_catalog.pg_get_userbyid(d.datdba) as "Owner"',
      'pg_catalog.pg_encoding_to_char(d.encoding) as "Encoding"',
      ...(q.since(16) ? [provider, ...collation, locale, 'd.daticurules as "ICU Rules"'] : [...collation, locale, provider]),
      q.privileges('d.datacl'),
      ...(q.isVerbose
        ? [
            `CASE WHEN pg_catalog.has_database_privilege(d.datname, 'CONNECT')
${indent}     THEN pg_catalog.pg_size_pretty(pg_catalog.pg_database_size(d.datname))
${indent}     ELSE 'No Access'
${indent}END as "Size"`,
            't.spcname as "Tablespace"',
            `pg_catalog.shobj_description(d.oid, 'pg_database') as "Description"`,
          ]
        : []),
    ];
    return `SELECT${q.since(16) ? `\n${indent}` : ' '}${columns.join(`,\n${indent}`)}
FROM pg_catalog.pg_database d
${q.plus('  JOIN pg_catalog.pg_tablespace t on d.dattablespace = t.oid\n')}${
  q.pattern === undefined ? '' : q.match({ name: 'd.datname', parts: 1, hasWhere: false })
}ORDER BY 1;`;
  },
};

/** \dconfig: without a pattern only what differs from the default. */
export const configurationParameters: CatalogList = {
  title: ({ patterns }) => `List of ${patterns.length > 0 ? '' : 'non-default '}configuration parameters`,
  query: (q) => `SELECT s.name AS "Parameter", pg_catalog.current_setting(s.name) AS "Value"${q.plus(
    `, s.vartype AS "Type", s.context AS "Context", ${q.since(15) ? q.privileges('p.paracl') : 'NULL AS "Access privileges"'}`,
  )}
FROM pg_catalog.pg_settings s
${q.since(15) ? q.plus('  LEFT JOIN pg_catalog.pg_parameter_acl p\n  ON pg_catalog.lower(s.name) = p.parname\n') : ''}${
  q.pattern === undefined
    ? "WHERE s.source <> 'default' AND\n      s.setting IS DISTINCT FROM s.boot_val\n"
    : q.match({ name: 'pg_catalog.lower(s.name)', parts: 'any', hasWhere: false })
}ORDER BY 1;`,
};

/** \drds [ROLE [DATABASE]] */
export const roleSettings: CatalogList = {
  title: 'List of settings',
  nothingFound: ({ patterns: [role, database] }) => {
    if (role === undefined) return 'Did not find any settings.';
    return `Did not find any settings for role "${role}"${database === undefined ? '' : ` and database "${database}"`}.`;
  },
  query: (q) => {
    const role = q.match({ name: 'r.rolname', parts: 1, hasWhere: false });
    const database = q.match({ name: 'd.datname', parts: 1, hasWhere: role !== '', pattern: q.patterns[1] ?? null });
    return `SELECT rolname AS "Role", datname AS "Database",
pg_catalog.array_to_string(setconfig, E'\\n') AS "Settings"
FROM pg_catalog.pg_db_role_setting s
LEFT JOIN pg_catalog.pg_database d ON d.oid = setdatabase
LEFT JOIN pg_catalog.pg_roles r ON r.oid = setrole
${role}${database}ORDER BY 1, 2;`;
  },
};

/** \drg (psql 16; older servers can answer it too) */
export const roleGrants: CatalogList = {
  title: 'List of role grants',
  query: (q) => `SELECT m.rolname AS "Role name", r.rolname AS "Member of",
  pg_catalog.concat_ws(', ',
    CASE WHEN pam.admin_option THEN 'ADMIN' END,
${
  q.since(16)
    ? `    CASE WHEN pam.inherit_option THEN 'INHERIT' END,
    CASE WHEN pam.set_option THEN 'SET' END
`
    : `    CASE WHEN m.rolinherit THEN 'INHERIT' END,
    'SET'
`
}  ) AS "Options",
  g.rolname AS "Grantor"
FROM pg_catalog.pg_roles m
     JOIN pg_catalog.pg_auth_members pam ON (pam.member = m.oid)
     LEFT JOIN pg_catalog.pg_roles r ON (pam.roleid = r.oid)
     LEFT JOIN pg_catalog.pg_roles g ON (pam.grantor = g.oid)
${q.showsSystem || q.pattern !== undefined ? '' : "WHERE m.rolname !~ '^pg_'\n"}${q.match({ name: 'm.rolname', parts: 1, hasWhere: false })}ORDER BY 1, 2, 4;
`,
};

/** \dL */
export const languages: CatalogList = {
  title: 'List of languages',
  query: (q) => `SELECT l.lanname AS "Name",
       pg_catalog.pg_get_userbyid(l.lanowner) as "Owner",
       l.lanpltrusted AS "Trusted"${q.plus(`,
       NOT l.lanispl AS "Internal language",
       l.lanplcallfoid::pg_catalog.regprocedure AS "Call handler",
       l.lanvalidator::pg_catalog.regprocedure AS "Validator",
       l.laninline::pg_catalog.regprocedure AS "Inline handler",
       ${q.privileges('l.lanacl')}`)},
       d.description AS "Description"
FROM pg_catalog.pg_language l
LEFT JOIN pg_catalog.pg_description d
  ON d.classoid = l.tableoid AND d.objoid = l.oid
  AND d.objsubid = 0
${q.pattern === undefined ? '' : q.match({ name: 'l.lanname', parts: 2, hasWhere: false })}${
  q.showsSystem || q.pattern !== undefined ? '' : 'WHERE l.lanplcallfoid != 0\n'
}ORDER BY 1;`,
};

/** \dn; with a pattern that is a schema's name, its publications too. */
export const schemas: CatalogList = {
  title: 'List of schemas',
  query: (q) => {
    const isOpen = q.showsSystem || q.pattern !== undefined;
    return `SELECT n.nspname AS "Name",
  pg_catalog.pg_get_userbyid(n.nspowner) AS "Owner"${q.plus(`,
  ${q.privileges('n.nspacl')},
  pg_catalog.obj_description(n.oid, 'pg_namespace') AS "Description"`)}
FROM pg_catalog.pg_namespace n
${isOpen ? '' : "WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'\n"}${q.match({
  name: 'n.nspname',
  parts: 2,
  hasWhere: !isOpen,
})}ORDER BY 1;`;
  },
  *footers({ patterns: [pattern], version }) {
    if (pattern === undefined || version < 150_000) return undefined;
    // psql puts the pattern in as typed; a quote in it must not end the literal here.
    const found = yield `SELECT pubname 
FROM pg_catalog.pg_publication p
     JOIN pg_catalog.pg_publication_namespace pn ON p.oid = pn.pnpubid
     JOIN pg_catalog.pg_namespace n ON n.oid = pn.pnnspid 
WHERE n.nspname = '${pattern.replaceAll("'", "''")}'
ORDER BY 1`;
    return found.rows.length === 0 ? undefined : ['Publications:', ...found.rows.map((row) => `    "${row[0] ?? ''}"`)];
  },
};

/** \dx without + */
export const extensions: CatalogList = {
  title: 'List of installed extensions',
  query: (q) =>
    q.since(18)
      ? `SELECT e.extname AS "Name", e.extversion AS "Version", ae.default_version AS "Default version",n.nspname AS "Schema", d.description AS "Description"
FROM pg_catalog.pg_extension e LEFT JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace LEFT JOIN pg_catalog.pg_description d ON d.objoid = e.oid AND d.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass LEFT JOIN pg_catalog.pg_available_extensions() ae(name, default_version, comment) ON ae.name = e.extname
${q.match({ name: 'e.extname', parts: 1, hasWhere: false })}ORDER BY 1;`
      : `SELECT e.extname AS "Name", e.extversion AS "Version", n.nspname AS "Schema", c.description AS "Description"
FROM pg_catalog.pg_extension e LEFT JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace LEFT JOIN pg_catalog.pg_description c ON c.objoid = e.oid AND c.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass
${q.match({ name: 'e.extname', parts: 1, hasWhere: false })}ORDER BY 1;`,
};

/** \dy */
export const eventTriggers: CatalogList = {
  title: 'List of event triggers',
  query: (q) => `SELECT evtname as "Name", evtevent as "Event", pg_catalog.pg_get_userbyid(e.evtowner) as "Owner",
 case evtenabled when 'O' then 'enabled'  when 'R' then 'replica'  when 'A' then 'always'  when 'D' then 'disabled' end as "Enabled",
 e.evtfoid::pg_catalog.regproc as "Function", pg_catalog.array_to_string(array(select x from pg_catalog.unnest(evttags) as t(x)), ', ') as "Tags"${q.plus(
   `,\npg_catalog.obj_description(e.oid, 'pg_event_trigger') as "Description"`,
 )}
FROM pg_catalog.pg_event_trigger e ${q.match({ name: 'evtname', parts: 1, hasWhere: false })}ORDER BY 1`,
};

/** \dl and \lo_list */
export const largeObjects: CatalogList = {
  title: 'Large objects',
  numbers: ['ID'],
  query: (q) => `SELECT oid as "ID",
  pg_catalog.pg_get_userbyid(lomowner) as "Owner",
  ${q.plus(`${q.privileges('lomacl')},\n  `)}pg_catalog.obj_description(oid, 'pg_largeobject') as "Description"
FROM pg_catalog.pg_largeobject_metadata
ORDER BY oid`,
};
