import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyCatalog } from '../../../src/catalog/completion-snapshot.ts';
import { type Completion, complete, type KeywordCase } from '../../../src/complete/complete.ts';
import { sampleCatalog } from './sample-catalog.ts';

const commands = ['d', 'dt', 'drds', 'drg', 'echo', 'set', 'lo_import', 'c', 'connect', 'pset', 'x', 'i', 'sf', 'h'];
const variables = ['VERBOSITY', 'DBNAME', 'mine'];
const files = ['tmp_check/somefile', 'tmp_check/afile123', 'tmp_check/afile456', 'tmp_check/', "it's"];

function completed(
  marked: string,
  keywordCase: KeywordCase = 'preserve-upper',
  catalog = sampleCatalog,
): Completion & { readonly text: string } {
  const cursor = marked.indexOf('‸');
  const text = marked.replace('‸', '');
  const listFiles = (typed: string) => files.filter((path) => path.startsWith(typed));
  return { ...complete({ text, cursor, catalog, commands, variables, keywordCase, listFiles }), text };
}

/** The texts that would stand there: all candidates, or the whole line where there is one. */
function offers(marked: string, keywordCase?: KeywordCase): readonly string[] {
  const { start, candidates, text } = completed(marked, keywordCase);
  return candidates.length === 1 ? [text.slice(0, start) + candidates[0]?.text] : candidates.map((one) => one.text);
}

// What psql's own test of its completion types (t/010_tab_completion.pl).
const asPsql: readonly (readonly [string, ...string[]])[] = [
  ['SEL‸', 'SELECT'],
  ['sel‸', 'select'],
  ['select * from t‸', 'select * from tab1'],
  ['select * from my‸', 'mytab123', 'mytab246'],
  ['select * from mytab2‸', 'select * from mytab246'],
  ['select * from "my‸', '"mytab123"', '"mytab246"'],
  ['select * from "mytab2‸', 'select * from "mytab246"'],
  ['select * from "mi‸', 'select * from "mixedName"'],
  ['select * from mi‸', 'select * from "mixedName"'],
  ['select * from TAB‸', 'select * from tab1'],
  ['\\DRD‸', '\\drds'],
  ['select * from pub‸', 'select * from public.'],
  ['select * from public.tab‸', 'select * from public.tab1'],
  ['select * from PUBLIC.t‸', 'select * from public.tab1'],
  ['alter table tab1 drop constraint ‸', 'alter table tab1 drop constraint tab1_pkey'],
  ['alter table TAB1 drop constraint ‸', 'alter table TAB1 drop constraint tab1_pkey'],
  ['alter table public."tab1" drop constraint ‸', 'alter table public."tab1" drop constraint tab1_pkey'],
  ['comment on constraint tab1_pkey \n on public.‸', 'comment on constraint tab1_pkey \n on public.tab1'],
  ['\\lo_import tmp_check/some‸', '\\lo_import tmp_check/somefile'],
  ['\\lo_import tmp_check/af‸', 'tmp_check/afile123', 'tmp_check/afile456'],
  ['COPY foo FROM tmp_check/some‸', "COPY foo FROM 'tmp_check/somefile'"],
  ['COPY foo FROM tmp_check/af‸', "'tmp_check/afile123'", "'tmp_check/afile456'"],
  ["COPY foo FROM 'tmp_check/af‸", "'tmp_check/afile123'", "'tmp_check/afile456'"],
  ["ALTER TYPE enum1 RENAME VALUE 'ba‸", "'bar'", "'baz'"],
  ["ALTER TYPE enum1 RENAME VALUE 'B‸", "ALTER TYPE enum1 RENAME VALUE 'BLACK'"],
  ['SET timezone TO am‸', "'America/Adak'", "'America/New_York'"],
  ["SET timezone TO 'America/new_‸", "SET timezone TO 'America/New_York'"],
  ['DROP TYPE big‸', 'DROP TYPE bigint'],
  ['CREATE TY‸', 'CREATE TYPE'],
  ['CREATE TABLE mytab‸', 'mytab123', 'mytab246'],
  ['DROP PUBLIC‸', 'DROP PUBLICATION'],
  ['DROP PUBLICATION  ‸', 'DROP PUBLICATION  some_publication'],
  ['analyze (\n‸', 'VERBOSE', 'SKIP_LOCKED', 'BUFFER_USAGE_LIMIT'],
  ['set interval‸', 'set intervalstyle'],
  ['set intervalstyle ‸', 'set intervalstyle TO'],
  ['set intervalstyle TO iso‸', 'set intervalstyle TO iso_8601'],
  ['set plpgsql.var‸', 'set plpgsql.variable_conflict'],
  ['set plpgsql.variable_conflict TO USE_C‸', 'set plpgsql.variable_conflict TO use_column'],
  ['\\set VERB‸', '\\set VERBOSITY'],
  ['\\set VERBOSITY def‸', '\\set VERBOSITY default'],
  ['\\echo :VERB‸', '\\echo :VERBOSITY'],
  ['blarg ‸'],
];

const inQueries: readonly (readonly [string, ...string[]])[] = [
  ['select ‸ from tab1', 'c1', 'c2', 'tab1.', 'DISTINCT'],
  ['select c‸ from tab1', 'c1', 'c2', 'count(', 'CASE', 'CAST(', 'CURRENT_DATE', 'CURRENT_TIMESTAMP', 'CURRENT_USER'].map((text, at) =>
    at > 3 ? text.toLowerCase() : text,
  ) as [string, ...string[]],
  ['select o.st‸ from orders o', 'select o.status'],
  ['select * from orders o where o.‸', 'o.id', 'o.customer_id', 'o.status'],
  ["select * from orders where status = 'p‸", "select * from orders where status = 'paid'"],
  ["select * from orders o where o.status in ('new', 'w‸", "select * from orders o where o.status in ('new', 'won''t pay'"],
  ['select * from customers c join orders o on ‸', 'o.customer_id = c.id', 'id', 'name', 'email', 'customer_id', 'status', 'c.', 'o.'],
  ['select * from tab1 wh‸', 'select * from tab1 where'],
  ['select * from tab1 left ‸', 'JOIN', 'OUTER JOIN'],
  ['select * from customers join tab‸', 'select * from customers join tab1'],
  [
    'with recent as (select id, name as title from customers) select * from rec‸',
    'with recent as (select id, name as title from customers) select * from recent',
  ],
  [
    'with recent as (select id, name as title from customers) select ti‸ from recent',
    'with recent as (select id, name as title from customers) select title',
  ],
  ['with r (a, b) as (values (1, 2)) select r.‸ from r', 'r.a', 'r.b'],
  ['with r as (select * from customers) select em‸ from r', 'with r as (select * from customers) select email'],
  ['insert into cu‸', 'insert into customers'],
  ['insert into customers (‸', 'id', 'name', 'email'],
  ['insert into customers ‸', 'VALUES', 'SELECT', 'DEFAULT VALUES', 'OVERRIDING', 'TABLE', 'AS', '('],
  ['update orders set st‸', 'update orders set status'],
  [
    'update orders set status ‸',
    '=',
    'FROM',
    'WHERE',
    'RETURNING',
    'AND',
    'OR',
    'IS NULL',
    'IS NOT NULL',
    'IN (',
    'NOT IN (',
    'LIKE',
    'ILIKE',
    'BETWEEN',
    'COLLATE',
  ],
  ['delete from orders where cust‸', 'delete from orders where customer_id'],
  [
    'select * from customers c where exists (select 1 from orders o where o.customer_id = c.na‸',
    'select * from customers c where exists (select 1 from orders o where o.customer_id = c.name',
  ],
  ['select id from customers order ‸', 'select id from customers order BY'],
  ['select id from customers group by na‸', 'select id from customers group by name'],
  ['select * from tab1 join mytab123 using (‸'],
  ['select * from mytab246 join mytab123 using (‸', 'f1', 'f2'],
  ['select * from invo‸', 'select * from sales.invoices'],
  ['select 1 union select f‸ from mytab123', 'f1', 'f2', 'false'],
  ['select 1; drop table my‸', 'mytab123', 'mytab246'],
  ['\\d tab1\nselect * from ta‸', '\\d tab1\nselect * from tab1'],
  ["select 'text ‸"],
  ['select /* from ‸'],
  ['explain (an‸', 'explain (analyze'],
  ['explain select * from tab‸', 'explain select * from tab1'],
  ['create view v as select * from tab‸', 'create view v as select * from tab1'],
  ['alter table orders disable trigger au‸', 'alter table orders disable trigger audit'],
  ['grant select on cust‸', 'grant select on customers'],
  ['set search_path to sa‸', 'set search_path to sales'],
  ['create table t (a big‸', 'create table t (a bigint'],
  ['create index on orders (cu‸', 'create index on orders (customer_id'],
  ['insert into customers (id, name) val‸', 'insert into customers (id, name) values'],
  ['insert into customers (id) values (1) on con‸', 'insert into customers (id) values (1) on conflict'],
  ['insert into customers values (1) ret‸', 'insert into customers values (1) returning'],
  ['update customers set name = low‸', 'update customers set name = lower('],
  ['update customers set id = 1 wh‸', 'update customers set id = 1 where'],
  ['select count(*) fr‸', 'select count(*) from'],
  ['select count(em‸) from customers', 'select count(email'],
  ['select * from tab1, mytab2‸', 'select * from tab1, mytab246'],
  ['select * from tab1, customers where em‸', 'select * from tab1, customers where email'],
  ['select * from customers order by name de‸', 'select * from customers order by name desc'],
  ['select * from customers where name is n‸', 'null', 'not null', 'not distinct from'],
  [
    'select * from (select id as inner_id from customers) s where s.‸',
    'select * from (select id as inner_id from customers) s where s.inner_id',
  ],
  ['select inn‸ from (select id as inner_id from customers) as s', 'select inner_id'],
  ['delete from cust‸', 'delete from customers'],
  ['select * from customers limit 1 off‸', 'select * from customers limit 1 offset'],
  ['merge into orders o using customers c on ‸', 'c.id = o.customer_id', 'id', 'customer_id', 'status', 'name', 'email', 'o.', 'c.'],
  ['table cust‸', 'table customers'],
  ['lock table cust‸', 'lock table customers'],
  ['create trigger t after insert on ord‸', 'orders', 'order_view'],
  [
    'alter table orders add foreign key (customer_id) references cust‸',
    'alter table orders add foreign key (customer_id) references customers',
  ],
  [
    'alter table orders add foreign key (customer_id) references customers (na‸',
    'alter table orders add foreign key (customer_id) references customers (name',
  ],
  ['prepare p as select * from tab‸', 'prepare p as select * from tab1'],
  ['declare c cursor for select em‸ from customers', 'declare c cursor for select email'],
];

const inCommands: readonly (readonly [string, ...string[]])[] = [
  ['\\d cust‸', '\\d customers'],
  ['\\dt+ my‸', 'mytab123', 'mytab246'],
  ['\\c post‸', '\\c postgres'],
  ['\\c postgres al‸', '\\c postgres alice'],
  ['\\pset form‸', '\\pset format'],
  ['\\pset format una‸', '\\pset format unaligned'],
  ['\\x ‸', 'on', 'off', 'auto'],
  ['\\i tmp‸', 'tmp_check/somefile', 'tmp_check/afile123', 'tmp_check/afile456', 'tmp_check/'],
  ['\\i it‸', "\\i 'it''s'"],
  ['\\sf sales.b‸', '\\sf sales.bill'],
  ['\\h crea‸', '\\h CREATE'],
  ['select :mi‸', 'select :mine'],
  ["select :'mi‸", "select :'mine'"],
  ['select 1::mi‸'],
];

describe('candidates at ‸', () => {
  test.each([...asPsql, ...inQueries, ...inCommands])('%s', (marked, ...expected) => {
    expect(offers(marked)).toEqual(expected);
  });

  test.each([
    ['lower', 'CO', 'column'],
    ['upper', 'co', 'COLUMN'],
    ['preserve-lower', 'co', 'column'],
    ['preserve-lower', '', 'column'],
    ['preserve-upper', 'CO', 'COLUMN'],
    ['preserve-upper', '', 'COLUMN'],
  ] as const)('COMP_KEYWORD_CASE %s makes %j %s', (keywordCase, typed, wanted) => {
    expect(offers(`alter table tab1 rename ${typed}‸`, keywordCase)).toContain(wanted);
  });

  test('names go on behind a schema and nothing else', () => {
    expect(completed('select * from pub‸').candidates).toEqual([{ text: 'public.', kind: 'schema', continues: true }]);
    expect(completed('select * from tab‸').candidates).toEqual([{ text: 'tab1', kind: 'relation', detail: 'table' }]);
  });

  test('without a catalog key words and commands are still offered', () => {
    const { candidates } = completed('alter table x ren‸', 'preserve-upper', emptyCatalog);
    expect(candidates).toEqual([{ text: 'rename', kind: 'keyword' }]);
  });

  test('any text and cursor: what is replaced lies before the cursor, and nothing fails', () => {
    const piece = fc.constantFrom(
      'select ',
      'from ',
      'tab1',
      '(',
      ')',
      ' ',
      "'",
      '"',
      '\\d ',
      ':',
      ';',
      '\n',
      ',',
      '.',
      'join ',
      'with a as ',
      '$$',
      '--',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.nat(80), (pieces, cut) => {
        const text = pieces.join('');
        const cursor = Math.min(cut, text.length);
        const { start, end } = completed(`${text.slice(0, cursor)}‸${text.slice(cursor)}`);
        expect(start).toBeLessThanOrEqual(cursor);
        expect(end).toBe(cursor);
      }),
    );
  });
});
