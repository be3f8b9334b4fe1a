import type { Labelled } from './labelled.ts';

// Written as shapes and conditions, each labelled by hand; a shape holds no blank that a comment could not stand for.

const tables = [
  'orders',
  'public.orders',
  '"orders"',
  'ONLY items',
  'Public.Customers',
  '"Order-Lines"',
  'audit.log',
  '"select"',
  'events',
  'staging',
];
const gaps = [' ', '\n', '\t ', ' /* where id = 1 */ ', ' -- where id = 1;\n  ', '\n/* a /* nested */ comment; */\n', ' --\n'];
const keywords =
  /\b(?:delete|from|update|set|where|returning|using|with|as|select|explain|analyze|and|or|not|true|false|in|between|is|null|exists|values|insert|into|truncate|drop|table|merge)\b/g;

/** Conditions that leave no row out of a table without NULL. */
export const alwaysTrue = [
  'true',
  'TRUE',
  '(true)',
  '((true))',
  "'t'",
  "'yes'::boolean",
  'not false',
  'not (false)',
  'not (1 = 0)',
  '1 = 1',
  '1=1',
  '(1 = 1)',
  '1 <> 0',
  '1 != 2',
  '2 > 1',
  '0 >= 0',
  '1 + 1 = 2',
  "'a' = 'a'",
  "'x' <> 'y'",
  'id = id',
  'id >= id',
  '(id) = (id)',
  'true and true',
  '1 = 1 and 2 = 2',
  'true or id = 3',
  'id = 3 or true',
  '1 = 1 or id in (1, 2)',
  'id = 1 or id <> 1',
  'id > 5 or id <= 5',
  'id is null or id is not null',
  'note is null or not (note is null)',
  'not (id = 1 and false)',
  'exists (select 1)',
  '1 in (1, 2, 3)',
  'id in (id)',
  '1 between 0 and 5',
  '5 between 1 and 10 and true',
  "note like '%'",
  "note ilike '%%'",
  "note ~ ''",
  "note ~ '.*'",
  'true is true',
  'false is not true',
  'null is null',
  '1 is not null',
  'cast(1 as boolean)',
  '1::bool',
  "bool 'on'",
  'true = true',
  'coalesce(note, note) = coalesce(note, note)',
  'false or (false or true)',
  'not not true',
  'id*1 = id*1',
  'not (not (1=1))',
  'id is not distinct from id',
  "note similar to '%'",
  "note ~~ '%'",
  '(select true)',
  '1::int = 1',
  "'1' = 1",
  '1 = 1::numeric',
  'true is not null',
  'now() = now()',
  'id::text = id::text',
  'id < 4 or id >= 4',
  '(id = 2) or not (id = 2)',
  'false is false',
  'not (true and false)',
  '1 <= 1 and not false',
];

const narrowing = [
  'id = 1',
  'id=1',
  '(id = 1)',
  'id in (1, 2, 3)',
  'id in (select customer_id from staging)',
  "id in (select order_id from items where sku = 'a')",
  'id = any (array[1, 2])',
  "id = any ('{1,2}')",
  'id between 10 and 20',
  'id between 1 and 2 or id = 9',
  'id < 100',
  'id > 5 and id < 10',
  'not id = 4',
  'not (id = 1 or id = 2)',
  'true and id = 1',
  '1 = 1 and id = 7',
  'id = 7 and 1=1',
  'false',
  '1 = 0',
  'false or id = 1',
  'note is null',
  'note is not null and id > 3',
  "note like 'a%'",
  "note not like '%'",
  "note like '%done%'",
  "note ilike '%a'",
  "note ~ '^x'",
  "note = ''",
  "note = 'where true'",
  "note = 'or 1 = 1'",
  "note <> 'true or true'",
  'note = $$ or true $$',
  'exists (select 1 from staging s where s.id = 1)',
  'not exists (select 1 from staging)',
  'id = (select max(id) from staging)',
  'id % 10 = 0',
  'id + 0 = 12',
  'coalesce(note, chr(97)) = chr(98)',
  'length(note) > 10',
  'case when id > 5 then true else false end',
  'case when id = 1 then 1 = 1 end',
  'id = 1 /* or true */',
  'id = 1 -- or true\n',
  "(id, note) = (1, 'x')",
  "(id, note) in ((1, 'x'), (2, 'y'))",
  'id is distinct from 4',
  'random() = random()',
  'random() < 0.1',
  'id = length(note)',
  "id::text = '12'",
  'id = -1',
  'id in (1) and note is null',
  "note = E'it\\'s' or id = 3",
  'id <> 0 and id <> 1',
  'id is not distinct from 4',
  "note similar to '%a%'",
  "note ~~ 'a%'",
  '(select false)',
  '(select count(*) > 5 from staging)',
  '1::int = id',
  "'1' = note",
  'id = any (select customer_id from staging)',
  'id < 4 or id > 4',
  'id < 4 or note >= chr(97)',
  'now() > now()',
  'not exists (select 1)',
  'id in (select max(id) from staging)',
];

type Shape = (table: string, condition: string) => string;

const filtered: readonly (readonly [string, Shape])[] = [
  ['delete', (table, where) => `delete from ${table} where ${where}`],
  ['update', (table, where) => `update ${table} set note = 'x' where ${where}`],
  ['delete in CTE', (table, where) => `with gone as (delete from ${table} where ${where} returning id) select * from gone`],
  ['update under EXPLAIN ANALYZE', (table, where) => `explain analyze update ${table} set note = null where ${where}`],
  ['delete returning', (table, where) => `delete from ${table} where ${where} returning *`],
  ['delete in DO', (table, where) => `do $do$ begin delete from ${table} where ${where}; end $do$`],
  ['update behind CTE', (table, where) => `with s as (select 1 as one) update ${table} set note = 'y' where ${where} returning id`],
  ['delete in COPY', (table, where) => `copy (delete from ${table} where ${where} returning id) to stdout`],
];

const unfiltered: readonly (readonly [string, (table: string) => string])[] = [
  ['delete', (table) => `delete from ${table}`],
  ['delete with alias', (table) => `delete from ${table} as d`],
  ['delete returning', (table) => `delete from ${table} returning *`],
  ['delete returning a subquery with WHERE', (table) => `delete from ${table} returning (select name from customers where id = 1)`],
  ['delete using', (table) => `delete from ${table} using customers c`],
  ['delete using a subquery with WHERE', (table) => `delete from ${table} using (select id from customers c where c.id = 1) s`],
  ['delete behind a CTE with WHERE', (table) => `with s as (select id from staging where id = 5) delete from ${table}`],
  ['delete in CTE', (table) => `with gone as (delete from ${table} returning id) select count(*) from gone`],
  ['delete in CTE, WHERE outside', (table) => `with gone as (delete from ${table} returning id) select * from gone where id = 1`],
  [
    'delete in materialized CTE',
    (table) => `with a as (select 1), gone as materialized (delete from ${table} returning 1) select 1 from a`,
  ],
  ['update', (table) => `update ${table} set note = 'x'`],
  ['update of two columns', (table) => `update ${table} set (note, id) = ('x', id)`],
  ['update from subquery with WHERE', (table) => `update ${table} set note = (select max(name) from customers where id = 1)`],
  ['update from', (table) => `update ${table} set note = c.name from customers c`],
  ['update with CASE', (table) => `update ${table} set note = case when 1 = 1 then 'where' else 'b' end`],
  [
    'update in CTE',
    (table) => `with u as (update ${table} set note = null returning id) insert into staging (id) select id from u where id = 1`,
  ],
  ['update returning', (table) => `update ${table} set note = 'where id = 1' returning id, note`],
  ['delete under EXPLAIN ANALYZE', (table) => `explain analyze delete from ${table}`],
  ['delete under EXPLAIN ANALYZE VERBOSE', (table) => `explain analyze verbose delete from ${table}`],
  ['delete under EXPLAIN (ANALYZE)', (table) => `explain (analyze, buffers off) delete from ${table}`],
  ['update under EXPLAIN (… ANALYZE on)', (table) => `explain (costs off, analyze on) update ${table} set note = ''`],
  ['delete in DO', (table) => `do $$ begin delete from ${table}; end $$`],
  ['delete in DO, in IF', (table) => `do language plpgsql 'begin if 1 = 1 then delete from ${table}; end if; end'`],
  [
    'delete in DO, in a loop',
    (table) => `do $x$ declare r record; begin for r in select 1 where true loop delete from ${table}; end loop; end $x$`,
  ],
  [
    'delete in DO, as FOR … IN',
    (table) => `do $x$ declare r record; begin for r in delete from ${table} returning id loop null; end loop; end $x$`,
  ],
  ['delete in DO, EXECUTE', (table) => `do $$ begin execute 'delete from ${table}'; end $$`],
  ['prepared', (table) => `prepare all_gone as delete from ${table}; execute all_gone; deallocate all_gone`],
  ['delete in COPY', (table) => `copy (delete from ${table} returning id) to stdout`],
  ['second of two', (table) => `select 1; delete from ${table}`],
  ['first of two', (table) => `update ${table} set note = ''; select * from customers where id = 1`],
];

const unfilteredMore: readonly (readonly [string, (table: string) => string])[] = [
  ['truncate', (table) => `truncate ${table.replace('ONLY items', 'items')}`],
  ['truncate table cascade', (table) => `truncate table ${table} cascade`],
  ['truncate restart', (table) => `truncate ${table}, staging restart identity cascade`],
  ['truncate in DO', (table) => `do $$ begin truncate ${table} cascade; end $$`],
  ['drop table', (table) => `drop table ${table.replace('ONLY ', '')} cascade`],
  ['drop table if exists', (table) => `drop table if exists ${table.replace('ONLY ', '')}, not_there cascade`],
  ['drop column', (table) => `alter table ${table} drop column note`],
  ['drop column, short', (table) => `alter table if exists ${table} drop note cascade`],
  ['drop column among others', (table) => `alter table ${table} add column extra int default 1, drop column if exists note restrict`],
  ['grant to public', (table) => `grant select on ${table.replace('ONLY ', '')} to public`],
  [
    'grant to public among others',
    (table) =>
      `grant insert, update on table ${table.replace('ONLY ', '')} to reader, public with grant option`.replace(' with grant option', ''),
  ],
  ['merge on true', (table) => `merge into ${table} t using (values (1)) s (n) on true when matched then delete`],
  ['merge, unmatched deleted', (table) => `merge into ${table} t using staging s on t.id = s.id when not matched by source then delete`],
];

const harmless: readonly (readonly [string, 'yes' | 'no', (table: string) => string])[] = [
  ['select', 'no', (table) => `select * from ${table}`],
  ['select with WHERE', 'no', (table) => `select id from ${table} where note = 'delete from x'`],
  ['select of a word in a literal', 'no', (table) => `select 'drop table orders' from ${table}`],
  ['plain explain', 'no', (table) => `explain delete from ${table}`],
  ['explain (analyze off)', 'no', (table) => `explain (analyze off, verbose) update ${table} set note = ''`],
  ['explain analyze select', 'no', (table) => `explain analyze select count(*) from ${table}`],
  ['prepare alone', 'no', (table) => `prepare later as delete from ${table}; deallocate later`],
  ['copy out', 'no', (table) => `copy (select id from ${table}) to stdout`],
  ['cursor', 'no', (table) => `declare c cursor for select id from ${table}`],
  ['lock rows', 'yes', (table) => `select id from ${table} where id = 1 for update`],
  ['lock rows, weak', 'yes', (table) => `select id from ${table} for no key update skip locked`],
  ['insert', 'yes', (table) => `insert into ${table.replace('ONLY ', '')} select * from ${table} where false`],
  ['add column', 'yes', (table) => `alter table ${table.replace('ONLY ', '')} add column extra text default 'drop'`],
  ['drop default', 'yes', (table) => `alter table ${table.replace('ONLY ', '')} alter column note drop default`],
  ['drop not null', 'yes', (table) => `alter table ${table.replace('ONLY ', '')} alter note drop not null`],
  ['comment on', 'yes', (table) => `comment on table ${table.replace('ONLY ', '')} is 'truncate me'`],
  ['revoke', 'yes', (table) => `revoke all on ${table.replace('ONLY ', '')} from public`],
  ['grant to a role', 'yes', (table) => `grant select, insert on ${table.replace('ONLY ', '')} to reader`],
  ['create table as', 'yes', (table) => `create table copy_of as select * from ${table} where true`],
  ['index', 'yes', (table) => `create index on ${table} (note)`],
  ['merge', 'yes', (table) => `merge into ${table} t using staging s on t.id = s.id when matched then update set note = s.note`],
  [
    'own temporary table',
    'yes',
    (table) => `create temp table mine as select * from ${table}; delete from mine; truncate mine; drop table mine`,
  ],
];

/** Every shape with every condition or table, in a rotation of tables, white space, comments and case. */
export function templateCases(): readonly Labelled[] {
  const cases: Labelled[] = [];
  const add = (label: Labelled['label'], write: Labelled['write'], reason: string, sql: string) => {
    const gap = gaps[cases.length % gaps.length] ?? ' ';
    const isUpper = cases.length % 3 === 0;
    cases.push({ label, write, reason, sql: dressed(sql, gap, isUpper) });
  };
  const table = (index: number) => tables[index % tables.length] ?? 'orders';
  alwaysTrue.forEach((condition, row) => {
    for (const turn of [0, 1, 2]) {
      const [name, shape] = filtered[(row * 3 + turn) % filtered.length] ?? ['', () => ''];
      add('unsafe', 'yes', `${name} where ${condition}`, shape(table(row + turn), condition));
    }
  });
  narrowing.forEach((condition, row) => {
    for (const turn of [0, 1, 2, 3, 4, 5]) {
      const [name, shape] = filtered[(row * 3 + turn) % filtered.length] ?? ['', () => ''];
      add('safe', 'yes', `${name} where ${condition}`, shape(table(row + turn), condition));
    }
  });
  unfiltered.forEach(([name, shape], row) => {
    for (const turn of [0, 1, 2, 3, 4, 5, 6]) add('unsafe', 'yes', `${name} without WHERE`, shape(table(row + turn)));
  });
  unfilteredMore.forEach(([name, shape], row) => {
    for (const turn of [0, 2, 4, 6, 8, 9]) add('unsafe', 'yes', name, shape(table(row + turn)));
  });
  harmless.forEach(([name, write, shape], row) => {
    for (const turn of [0, 1, 3, 5, 7, 9]) add('safe', write, name, shape(table(row + turn)));
  });
  return cases;
}

/** White space and comments in place of blanks outside literals and names, where a line comment ends nothing; key words in capitals. */
function dressed(sql: string, gap: string, isUpper: boolean): string {
  const usable = /['$-]/.test(sql) && gap.includes('--') ? ' ' : gap;
  return sql
    .split(/('(?:[^']|'')*'|"[^"]*"|\$(?:\w*)\$[\s\S]*?\$\w*\$|--[^\n]*\n)/)
    .map((piece, at) => {
      if (at % 2 === 1) return piece;
      return (isUpper ? piece.replace(keywords, (word) => word.toUpperCase()) : piece).replaceAll(' ', usable);
    })
    .join('');
}
