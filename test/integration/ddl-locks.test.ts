import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ddlFacts } from '../../src/sql/guard/ddl-facts.ts';
import { testServer } from '../support/server.ts';

const { host, port, user } = testServer();
const database = 'ddl_locks';
const schema = readFileSync(join(import.meta.dirname, '../unit/sql/guard/corpus/schema.sql'), 'utf8').replace(/^create role .*$/gm, '');

let client: Client;

beforeAll(async () => {
  const maintenance = new Client({ host, port, user, database: 'postgres' });
  await maintenance.connect();
  await maintenance.query(`create database ${database}`);
  await maintenance.end();
  client = new Client({ host, port, user, database });
  await client.connect();
  await client.query(schema);
  await client.query('create table parent (id int); create table spare (like events)');
  await client.query('alter table items add constraint late check (qty > -1) not valid; alter table staging alter id set not null');
});

afterAll(async () => {
  await client.end();
});

/** The strongest lock a statement leaves on a relation, as pg_locks names it, and whether the table's file is another one after it (a sequence is one page). */
async function observed(sql: string, relation: string): Promise<{ readonly lock: string; readonly rewrites: boolean }> {
  const order = `array['AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock']`;
  const { rows: named } = await client.query(
    'select oid, relkind, pg_relation_filenode(oid) as file from pg_class where oid = $1::regclass',
    [relation],
  );
  await client.query('begin');
  try {
    await client.query(sql);
    const { rows } = await client.query(
      `select mode from pg_locks where locktype = 'relation' and relation = $1 and pid = pg_backend_pid() order by array_position(${order}, mode) desc limit 1`,
      [named[0].oid],
    );
    const { rows: after } = await client.query('select pg_relation_filenode($1) as file', [named[0].oid]);
    return { lock: rows[0]?.mode ?? '', rewrites: named[0].relkind !== 'S' && after[0].file !== null && after[0].file !== named[0].file };
  } finally {
    await client.query('rollback');
  }
}

// The statement, and the relation whose lock is looked at.
const statements: readonly (readonly [string, string])[] = [
  ['select * from orders', 'orders'],
  ['select * from orders for update', 'orders'],
  ['select * from orders for key share', 'orders'],
  ['insert into staging (id) values (1)', 'staging'],
  ['update orders set total = 1', 'orders'],
  ['delete from items', 'items'],
  ['merge into orders o using staging s on o.id = s.id when matched then update set total = 1', 'orders'],
  ['truncate staging', 'staging'],
  ['lock table orders in share row exclusive mode', 'orders'],
  ['lock orders', 'orders'],
  ['lock orders in row share mode', 'orders'],
  ['lock orders in exclusive mode nowait', 'orders'],
  ['create index on orders (total)', 'orders'],
  ['create unique index on staging (id)', 'staging'],
  ['create trigger t before insert on staging for each row execute function touch()', 'staging'],
  ['create rule r as on delete to staging do instead nothing', 'staging'],
  ['create policy p on staging using (true)', 'staging'],
  ['create statistics st on status, total from orders', 'orders'],
  ['create publication p for table staging', 'staging'],
  ["create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01')", 'events'],
  ['create table child () inherits (staging)', 'staging'],
  ['create table refers (o int references orders)', 'orders'],
  ['create or replace view open_orders as select * from orders where status = $$new$$', 'open_orders'],
  ['drop table items', 'items'],
  ['drop index orders_status', 'orders'],
  ['drop trigger orders_touch on orders', 'orders'],
  ['drop policy orders_policy on orders', 'orders'],
  ['drop view open_orders', 'open_orders'],
  ["comment on table orders is 'x'", 'orders'],
  ["comment on column orders.note is 'x'", 'orders'],
  ['refresh materialized view order_totals', 'order_totals'],
  ['refresh materialized view concurrently order_totals', 'order_totals'],
  ['cluster orders using orders_pkey', 'orders'],
  ['reindex table orders', 'orders'],
  ['reindex index orders_status', 'orders'],
  ['analyze orders', 'orders'],
  ['alter table orders add column x int', 'orders'],
  ['alter table orders add column x int default 5', 'orders'],
  ['alter table orders add column x int generated always as identity', 'orders'],
  ['alter table orders add column x serial', 'orders'],
  ['alter table orders add column x int generated always as (id + 1) stored', 'orders'],
  ['alter table orders add column x int generated always as (id + 1) virtual', 'orders'],
  ['alter table orders drop column note cascade', 'orders'],
  ['alter table orders alter column note set default $$x$$', 'orders'],
  ['alter table orders alter column note drop default', 'orders'],
  ['alter table orders alter column id set not null', 'orders'],
  ['alter table staging alter column id drop not null', 'staging'],
  ['alter table orders alter column total set statistics 500', 'orders'],
  ['alter table orders alter column total set (n_distinct = 5)', 'orders'],
  ['alter table orders alter column note set storage external', 'orders'],
  ['alter table orders alter column note set compression pglz', 'orders'],
  ['alter table orders set (fillfactor = 70)', 'orders'],
  ['alter table orders set (autovacuum_enabled = off)', 'orders'],
  ['alter table orders reset (fillfactor)', 'orders'],
  ['alter table orders set (user_catalog_table = true)', 'orders'],
  ['alter table items add constraint c check (qty > 0)', 'items'],
  ['alter table items add constraint c check (qty > 0) not valid', 'items'],
  ['alter table staging add primary key (id)', 'staging'],
  ['alter table staging add foreign key (customer_id) references customers', 'staging'],
  ['alter table staging add foreign key (customer_id) references customers not valid', 'customers'],
  ['alter table items validate constraint late', 'items'],
  ['alter table items drop constraint late', 'items'],
  ['alter table items rename constraint late to later', 'items'],
  ['alter table orders rename to orders2', 'orders'],
  ['alter table orders rename column note to notes', 'orders'],
  ['alter index orders_status rename to x', 'orders_status'],
  ['alter index orders_status set (fillfactor = 70)', 'orders_status'],
  ['alter table orders set schema audit', 'orders'],
  ['alter table orders owner to current_user', 'orders'],
  ['alter table orders disable trigger orders_touch', 'orders'],
  ['alter table orders enable trigger all', 'orders'],
  ['alter table orders enable row level security', 'orders'],
  ['alter table orders replica identity full', 'orders'],
  ['alter table orders cluster on orders_pkey', 'orders'],
  ['alter table orders set without cluster', 'orders'],
  ['alter table items set unlogged', 'items'],
  ['alter table staging inherit parent', 'staging'],
  ['alter table events detach partition events_2024', 'events'],
  ["alter table events attach partition spare for values from ('2030-01-01') to ('2031-01-01')", 'events'],
  ['alter table orders set (fillfactor = 70), alter column total set statistics 5', 'orders'],
  ['alter table orders set (fillfactor = 70), add column y int', 'orders'],
  ['alter sequence order_seq increment 2', 'order_seq'],
  ['alter sequence order_seq owned by none', 'order_seq'],
  ['alter sequence order_seq rename to s2', 'order_seq'],
  ['alter publication all_orders add table staging', 'staging'],
  ['alter policy orders_policy on orders using (false)', 'orders'],
  ['alter trigger orders_touch on orders rename to x', 'orders'],
  ['alter materialized view order_totals rename to x', 'order_totals'],
  ['alter view open_orders set (security_barrier)', 'open_orders'],
];

describe('the lock each command is said to take is the one the server takes', () => {
  test.each(statements)('%s', async (sql, relation) => {
    const { lock, rewrites } = await observed(sql, relation);
    const told = ddlFacts(sql);
    expect(`${told?.lock ?? ''}Lock`).toBe(lock);
    expect(told?.rewrites).toBe(rewrites ? 'yes' : 'no');
  });
});
