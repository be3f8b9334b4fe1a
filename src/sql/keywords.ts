/** PostgreSQL 15's key words by what may be named like them (its appendix C). */
function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** Free to be any name: never quoted for being a key word. */
const unreservedKeywords: ReadonlySet<string> = new Set(
  words(`
  abort absolute access action add admin after aggregate also alter always asensitive assertion assignment at atomic attach
  attribute backward before begin breadth by cache call called cascade cascaded catalog chain characteristics checkpoint class close
  cluster columns comment comments commit committed compression configuration conflict connection constraints content continue
  conversion copy cost csv cube current cursor cycle data database day deallocate declare defaults deferred definer delete delimiter
  delimiters depends depth detach dictionary disable discard document domain double drop each enable encoding encrypted enum escape
  event exclude excluding exclusive execute explain expression extension external family filter finalize first following force
  forward function functions generated global granted groups handler header hold hour identity if immediate immutable implicit
  import include including increment index indexes inherit inherits inline input insensitive insert instead invoker isolation key
  label language large last leakproof level listen load local location lock locked logged mapping match matched materialized
  maxvalue merge method minute minvalue mode month move name names new next nfc nfd nfkc nfkd no normalized nothing notify nowait
  nulls object of off oids old operator option options ordinality others over overriding owned owner parallel parameter parser
  partial partition passing password plans policy preceding prepare prepared preserve prior privileges procedural procedure
  procedures program publication quote range read reassign recheck recursive ref referencing refresh reindex relative release rename
  repeatable replace replica reset restart restrict return returns revoke role rollback rollup routine routines rows rule savepoint
  schema schemas scroll search second security sequence sequences serializable server session set sets share show simple skip
  snapshot sql stable standalone start statement statistics stdin stdout storage stored strict strip subscription support sysid
  system tables tablespace temp template temporary text ties transaction transform trigger truncate trusted type types uescape
  unbounded uncommitted unencrypted unknown unlisten unlogged until update vacuum valid validate validator value varying version
  view views volatile whitespace within without work wrapper write xml year yes zone
`),
);

/** Reserved, wholly or as names of columns, types or functions: quoted where they are names. */
export const reservedKeywords: ReadonlySet<string> = new Set(
  words(`
  all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char character
  check coalesce collate collation column concurrently constraint create cross current_catalog current_date current_role
  current_schema current_time current_timestamp current_user dec decimal default deferrable desc distinct do else end except exists
  extract false fetch float for foreign freeze from full grant greatest group grouping having ilike in initially inner inout int
  integer intersect interval into is isnull join lateral leading least left like limit localtime localtimestamp national natural
  nchar none normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay placing position precision
  primary real references returning right row select session_user setof similar smallint some substring symmetric table tablesample
  then time timestamp to trailing treat trim true union unique user using values varchar variadic verbose when where window with
  xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
`),
);

/** Names of built-in types that statements mention by themselves. */
export const typeNames: ReadonlySet<string> = new Set(
  words(`
  bigint bigserial bit bool boolean box bpchar bytea char character cidr circle date daterange decimal double float float4 float8 inet
  int int2 int4 int4range int8 int8range integer interval json jsonb jsonpath line lseg macaddr macaddr8 money name numeric numrange
  oid path pg_lsn point polygon precision real record refcursor regclass regproc regrole regtype serial smallint smallserial text tid
  time timestamp timestamptz timetz tsquery tsrange tstzrange tsvector uuid varbit varchar varying void xid xml
`),
);

/** Whether a word, in lower case, is a key word of SQL as PostgreSQL 15 knows it. */
export function isKeyword(word: string): boolean {
  return reservedKeywords.has(word) || unreservedKeywords.has(word);
}
