import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Interpreter } from '../../src/engine/interpreter.ts';
import type { GuardEnvironment } from '../../src/sql/guard/guard-rule.ts';
import { decideGuard } from '../../src/workbench/guard-decision.ts';

const corpus = join(import.meta.dirname, '../unit/sql/guard/corpus');

/** Tables, and routines of every kind that a server of this version can have. */
export function routineSchema(version: number): string {
  const schema = readFileSync(join(corpus, 'schema.sql'), 'utf8').replace(/^create (?:role|publication) .*$/gm, '');
  const routines = readFileSync(join(corpus, 'routines.sql'), 'utf8').replace(/ as\n\s+/g, ' as ');
  const temporary = "create function pg_temp.wipe_mine() returns void language sql as 'delete from staging';";
  const all = `set client_min_messages = error;\n${schema}${routines}${temporary}`;
  const lines = all.split('\n').filter((line) => isFor(version, line));
  return lines.join('\n').replace(/execute function/g, version < 110_000 ? 'execute procedure' : 'execute function');
}

/** SQL in bodies came with 14, procedures with 11. */
export function isFor(version: number, text: string): boolean {
  if (/atomic|wipe_return\(/.test(text) && version < 140_000) return false;
  return version >= 110_000 || !/\bprocedure (?!touch)|\bcall /.test(text);
}

/** What a careful person asks about anywhere: every row of a table, a column, a table, or what no rollback takes back goes. */
export const lost = [
  'select wipe()',
  'select * from wipe()',
  'SELECT 1, Wipe ( /* all */ )',
  'values (wipe())',
  'select wipe_block()',
  'select wipe_atomic()',
  'select wipe_return()',
  'select wipe_atomic_call()',
  'select wipe_nested()',
  'select wipe_assigned()',
  'select wipe_declared()',
  'select wipe_condition()',
  'select wipe_returned()',
  'select wipe_if(false)',
  'select wipe_loop()',
  'select wipe_exception()',
  'select id from wipe_query() q',
  'select * from wipe_set() as s where s.id = 1',
  'select wipe_always()',
  "select wipe_table('staging')",
  "select wipe_table_quoted(t => 'items')",
  'select wipe_default()',
  'select wipe_default(5)',
  'select wipe_many(1, 2, 3)',
  'select wipe_many(variadic array[1, 2])',
  'select n from wipe_out()',
  'select wipe_all(id) from orders',
  'select wipe_all(id order by id, note) filter (where id > 5) from orders',
  'select "Wipe It"()',
  'select audit.clear()',
  'select audit . "clear"()',
  'select outer_wipe()',
  'select drop_column()',
  'set search_path = one, public; select homonym()',
  'select one.outer_homonym()',
  'select wipe_list(array[1, 2])',
  "select wipe_chosen('items', true)",
  'select drop_items()',
  'select open_up()',
  'select run_program()',
  'select ping(3)',
  'select pong(0)',
  'select purge_rows()',
  'select pg_temp.wipe_mine()',
  'call clear_staging()',
  'call clear_and_commit()',
  'call clear_inout(1)',
  'call clear_by_call()',
  'explain analyze select wipe()',
  'explain (analyze, costs off) select wipe_count() from orders',
  'with x as (select wipe_count()) select * from x',
  'with x as materialized (select wipe_count() as n) select n + 1 from x',
  'insert into audit.log (entry) select wipe_count()::text',
  'insert into items (id, qty) values (99, wipe_count())',
  'insert into items (id) values (1) on conflict (id) do update set qty = wipe_count()',
  'update orders set total = wipe_count() where id = 1',
  'update orders set note = note where id = 1 returning wipe_count()',
  'delete from orders where id = wipe_count()',
  'merge into orders o using customers c on o.id = c.id and c.id = 1 when matched then update set total = wipe_count()',
  'copy (select wipe_count()) to stdout',
  'create temp table counted_once as select wipe_count()',
  'select wipe_count() as n into temp counted_twice',
  'create table counted_thrice as values (wipe_count())',
  'do $$ begin perform wipe(); end $$',
  'do $$ declare n int := wipe_count(); begin end $$',
  "do $$ begin execute 'select wipe()'; end $$",
  'select (select wipe_count())',
  'select array(select wipe_count())',
  'select coalesce(null, wipe_count())',
  'select case when wipe_count() = 0 then 1 end',
  'select id from orders order by wipe_count()',
  'select id from orders group by id having wipe_count() = 0',
  'select id from orders limit wipe_count()',
  'select o.id from orders o, lateral wipe_default(o.id) n',
  'select o.id from orders o join wipe_set() s on s.id = o.id',
  'select * from rows from (wipe_default(1), wipe_query())',
  'select upper(wipe_count()::text)',
  'select twice(wipe_count())',
  'select 1; select wipe()',
  'declare c cursor for select wipe_count()',
  'prepare p_wipe as select wipe(); execute p_wipe',
  'select lower(7)',
];

/** What may run anything, or ends the work of others: asked about on production. */
export const onProduction = [
  "select run_any('select 1')",
  "select purge_named('staging')",
  'select end_others()',
  "call run_anything('select 1')",
  "do $$ begin perform run_any('select 1'); end $$",
];

/** What is narrowed down by its text, only reads, only adds, or does not run. */
export const harmless = [
  'select purge_rows(3)',
  'select remove_by_key(1)',
  "select remove_in('staging', 1)",
  "select remove_quoted('staging', 1)",
  'select make_partition(2027)',
  "select read_any('select 1')",
  'select with_scratch()',
  'select twice(2), twice(3)',
  "select shout('delete from staging')",
  "select note_down('wipe()')",
  'select counted()',
  'select is_odd(7)',
  'select total(id) from orders',
  'select total_of(1)',
  'call purge(1)',
  "call add_note('drop table staging')",
  'explain select wipe()',
  "select 'wipe()'",
  'select 1 -- wipe()',
  'prepare p_later as select wipe()',
  "create function wiping() returns void language sql as 'select wipe()'",
  'create view wipes as select wipe_count()',
  'select count(*), max(id), now(), coalesce(sum(total), 0) from orders where id in (1, 2) and trim(note) <> upper(note)',
  'insert into items (id, order_id) values (1, 1) on conflict (id) do nothing',
  "update orders set note = format('%s', id) where id = 1",
  'select row_number() over (partition by status order by id) from orders',
  'select wipe.id from orders wipe (id)',
  'select * from generate_series(1, 3) as wipe (n)',
  'with wipe (n) as (values (1)) select * from wipe',
  'select no_such_function(1)',
  'select homonym()',
  'select keep_locked()',
  "select keep_narrow('status', 'x')",
  'select wipe_table()',
];

/** Those of the statements that are asked about, each outside a transaction. */
export async function askedAbout(
  interpreter: Interpreter,
  statements: readonly string[],
  environment: GuardEnvironment,
): Promise<readonly string[]> {
  const asked: string[] = [];
  for (const sql of statements) {
    const ask = await decideGuard({
      sql,
      hasParameters: false,
      scene: { environment, isInTransaction: false, hasAutomaticSavepoints: false },
      facts: {},
      version: interpreter.session?.versionNumber ?? 0,
      builtIn: new Set(),
      isCreated: () => false,
      rowLimit: Number.POSITIVE_INFINITY,
      aside: (work) => interpreter.aside(work),
    });
    if (ask !== undefined) asked.push(sql);
  }
  return asked;
}
