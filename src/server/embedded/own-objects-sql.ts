import type { SeedFacts } from './seed.ts';

/**
 * Queries whose one column is DDL, for what the user made: objects with an OID that the seed did not have yet. They run with an
 * empty search_path, so that names come out qualified.
 */

type Query = (first: number) => string;

const ownRelation = (first: number, kinds: string) =>
  `c.oid >= ${first} and c.relkind = any ('{${kinds}}') and c.relpersistence <> 't' and c.relnamespace not in ('pg_toast'::regnamespace, 'information_schema'::regnamespace)`;

const schemas: Query = (first) =>
  `select format('create schema if not exists %I;', nspname) from pg_namespace where oid >= ${first} and nspname !~ '^pg_' order by oid`;

const types: Query = (first) => `
  select ddl from (
    select oid, format('create type %s as enum (%s);', oid::regtype,
        (select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid)) as ddl
      from pg_type t where typtype = 'e'
    union all
    select oid, format('create domain %s as %s%s%s%s;', oid::regtype, format_type(typbasetype, typtypmod), ' default ' || typdefault,
        case when typnotnull then ' not null' end,
        (select string_agg(format(' constraint %I %s', conname, pg_get_constraintdef(oid)), '' order by oid)
          from pg_constraint where contypid = t.oid and contype = 'c'))
      from pg_type t where typtype = 'd'
    union all
    select oid, format('create type %s as range (subtype = %s);', oid::regtype, (select rngsubtype::regtype from pg_range where rngtypid = t.oid))
      from pg_type t where typtype = 'r'
    union all
    select t.oid, format('create type %s as (%s);', t.oid::regtype,
        (select string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' order by attnum)
          from pg_attribute where attrelid = c.oid and not attisdropped))
      from pg_type t join pg_class c on c.oid = t.typrelid where c.relkind = 'c'
  ) as made where oid >= ${first} order by oid`;

/** Functions that name tables (in their types or a body that is parsed) come after the tables. */
const functions =
  (needTables: boolean): Query =>
  (first) =>
    `
  select pg_get_functiondef(p.oid) || ';' from pg_proc p
  where p.oid >= ${first} and p.prokind in ('f', 'p', 'w') and p.pronamespace::regnamespace::text !~ '^pg_' and ${needTables ? '' : 'not '}exists (
    select from pg_depend d left join pg_type t on d.refclassid = 'pg_type'::regclass and t.oid = d.refobjid
    where d.classid = 'pg_proc'::regclass and d.objid = p.oid
      and (d.refclassid = 'pg_class'::regclass or t.typrelid <> 0 or exists (select from pg_type e where e.oid = t.typelem and e.typrelid <> 0)))
  order by p.oid`;

const sequences: Query = (first) => `
  select format('create sequence %s as %s increment by %s minvalue %s maxvalue %s start with %s cache %s%s;', c.oid::regclass,
    seqtypid::regtype, seqincrement, seqmin, seqmax, seqstart, seqcache, case when seqcycle then ' cycle' end)
  from pg_sequence join pg_class c on c.oid = seqrelid
  where ${ownRelation(first, 'S')} and not exists (select from pg_depend where objid = c.oid and classid = 'pg_class'::regclass and deptype = 'i')
  order by c.oid`;

const tables: Query = (first) => `
  select format('create %stable %s (%s)%s;', case relpersistence when 'u' then 'unlogged ' end, c.oid::regclass,
    (select string_agg(format('%I %s%s%s%s', attname, format_type(atttypid, atttypmod),
        (select ' collate ' || attcollation::regcollation from pg_type where oid = atttypid and typcollation <> attcollation),
        case
          when attgenerated = 's' then ' generated always as (' || pg_get_expr(adbin, adrelid) || ') stored'
          when attgenerated = 'v' then ' generated always as (' || pg_get_expr(adbin, adrelid) || ') virtual'
          when attidentity <> '' and not c.relispartition then (
            select format(' generated %s as identity (increment by %s minvalue %s maxvalue %s start with %s)',
              case attidentity when 'a' then 'always' else 'by default' end, seqincrement, seqmin, seqmax, seqstart)
            from pg_sequence where seqrelid = pg_get_serial_sequence(c.oid::regclass::text, attname)::regclass)
          when adbin is not null then ' default ' || pg_get_expr(adbin, adrelid)
        end,
        case when attnotnull then ' not null' end), ', ' order by attnum)
      from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where attrelid = c.oid and attnum > 0 and not attisdropped),
    case relkind when 'p' then ' partition by ' || pg_get_partkeydef(c.oid) end)
  from pg_class c where ${ownRelation(first, 'r,p')} order by c.oid`;

const attachments: Query = (first) => `
  select case when c.relispartition
    then format('alter table %s attach partition %s %s;', inhparent::regclass, c.oid::regclass, pg_get_expr(c.relpartbound, c.oid))
    else format('alter table %s inherit %s;', c.oid::regclass, inhparent::regclass) end
  from pg_inherits join pg_class c on c.oid = inhrelid where ${ownRelation(first, 'r,p')} order by c.oid, inhseqno`;

const views: Query = (first) =>
  `select format('create view %s as %s', c.oid::regclass, pg_get_viewdef(c.oid)) from pg_class c where ${ownRelation(first, 'v')} order by c.oid`;

const snapshots: Query = (first) => `
  select format('create materialized view %s as %s', c.oid::regclass, pg_get_viewdef(c.oid)) from pg_class c
  where ${ownRelation(first, 'm')} order by c.oid`;

const positions: Query = (first) => `
  select case d.deptype
    when 'i' then format('alter table %s alter column %I restart with %s;', d.refobjid::regclass, attname, pg_sequence_last_value(c.oid) + seqincrement)
    else format('alter sequence %s restart with %s;', c.oid::regclass, pg_sequence_last_value(c.oid) + seqincrement) end
  from pg_class c join pg_sequence on seqrelid = c.oid
    left join pg_depend d on d.objid = c.oid and d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
    left join pg_attribute on attrelid = d.refobjid and attnum = d.refobjsubid
  where ${ownRelation(first, 'S')} and pg_sequence_last_value(c.oid) is not null order by c.oid`;

const sequenceOwners: Query = (first) => `
  select format('alter sequence %s owned by %s.%I;', c.oid::regclass, refobjid::regclass, attname)
  from pg_class c join pg_depend d on d.objid = c.oid and classid = 'pg_class'::regclass and refclassid = 'pg_class'::regclass and deptype = 'a'
    join pg_attribute on attrelid = refobjid and attnum = refobjsubid
  where ${ownRelation(first, 'S')} order by c.oid`;

/** Keys before what refers to them. */
const constraints: Query = (first) => `
  select format('alter table %s add constraint %I %s;', conrelid::regclass, conname, pg_get_constraintdef(o.oid))
  from pg_constraint o join pg_class c on c.oid = conrelid
  where o.oid >= ${first} and contype in ('p', 'u', 'x', 'c', 'f') and conparentid = 0 and coninhcount = 0 and c.relpersistence <> 't'
  order by contype = 'f', contype = 'c', o.oid`;

const indexes: Query = (first) => `
  select pg_get_indexdef(c.oid) || ';' from pg_class c
  where ${ownRelation(first, 'i,I')} and not relispartition and not exists (select from pg_constraint where conindid = c.oid) order by c.oid`;

const triggers: Query = (first) =>
  `select pg_get_triggerdef(oid) || ';' from pg_trigger where oid >= ${first} and not tgisinternal and tgparentid = 0 order by oid`;

const rules: Query = (first) => `select pg_get_ruledef(oid) from pg_rewrite where oid >= ${first} and rulename <> '_RETURN' order by oid`;

const comments: Query = (first) => `
  select case when objsubid = 0 then format('comment on %s %s is %L;', case relkind when 'v' then 'view' else 'table' end, c.oid::regclass, description)
    else format('comment on column %s.%I is %L;', c.oid::regclass, attname, description) end
  from pg_description join pg_class c on c.oid = objoid and classoid = 'pg_class'::regclass
    left join pg_attribute on attrelid = c.oid and attnum = objsubid and objsubid > 0
  where ${ownRelation(first, 'r,p,v')} order by c.oid, objsubid`;

/** In the order in which they load: what the rows need, then (after them) what would hinder or slow their loading. */
export const beforeRows: readonly Query[] = [schemas, types, functions(false), sequences, tables, attachments, functions(true), views];
export const afterRows: readonly Query[] = [sequenceOwners, positions, constraints, indexes, snapshots, triggers, rules, comments];

const copiedColumns = `(select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
  where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '')`;

/** Name and columns of each table of the user's own, the small ones first. */
export const ownTables: Query = (first) => `
  select c.oid::regclass, columns from pg_class c, lateral ${copiedColumns} as list (columns)
  where ${ownRelation(first, 'r')} and columns is not null order by pg_table_size(c.oid), c.oid`;

/** Whether a table of the seed is not as the seed had it: a column of its, or a row, is newer than the seed, or rows are gone. */
export function isChanged(table: string, rows: number, { firstTransaction }: SeedFacts): string {
  const name = quoted(table);
  const newer = `xmin::text::bigint >= ${firstTransaction}`;
  return `select case when (select ${newer} from pg_class where oid = ${name}::regclass) or exists (select from ${table} where ${newer})
    or (select count(*) from ${table}) <> ${rows} then ${name} end where to_regclass(${name}) is not null`;
}

/** A copy of a changed table of the seed, without its rules, beside the table that a fresh database has already. */
export function changedCopy(table: string): string {
  const kept = `changed.${table.slice(table.indexOf('.') + 1)}`;
  return `select ${quoted(kept)}, columns, format('create table ${kept.replaceAll("'", "''").replaceAll('%', '%%')} (%s);', (select
      string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' order by attnum) from pg_attribute
      where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = ''))
    from pg_class c, lateral ${copiedColumns} as list (columns) where c.oid = ${quoted(table)}::regclass`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
