import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type NativeServer, startNativeServer } from '../support/native-server.ts';
import { olderBinaries, olderMajors } from '../support/older-servers.ts';
import { howdah } from '../support/run.ts';

const schema = `
create schema shop;
create table shop.customers (id int primary key, email text not null unique, joined date default current_date);
create table shop.orders (id int generated always as identity primary key, customer int not null references shop.customers on delete cascade,
  amount numeric(10, 2) check (amount > 0), tags text[], at timestamptz default now());
create index on shop.orders (customer) where amount > 100;
create view shop.big as select * from shop.orders where amount > 1000;
create materialized view shop.totals as select customer, sum(amount) from shop.orders group by 1;
create function shop.noop() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger before_write before insert or update on shop.orders for each row execute procedure shop.noop();
alter table shop.orders enable row level security;
create policy own on shop.orders for select using (customer = 1);
create table shop.events (at date, what text) partition by range (at);
create table shop.events_2020 partition of shop.events for values from ('2020-01-01') to ('2021-01-01');
create rule nothing as on delete to shop.customers do instead nothing;
create statistics shop.together (dependencies) on customer, amount from shop.orders;
create publication everything for all tables;
create type shop.mood as enum ('good', 'bad');
create sequence shop.counter;
grant select on shop.orders to public;
comment on table shop.orders is 'what was bought';
`;

// With a schema's name in the pattern where the objects have one.
const inSchemas = ['d', 'dt', 'di', 'dv', 'dm', 'ds', 'df', 'dp', 'dE', 'z', 'da', 'dd', 'dD', 'do', 'dT', 'dO', 'dX', 'dc', 'dF', 'dP'];
const elsewhere = [
  'dn',
  'du',
  'l',
  'dx',
  'dg',
  'db',
  'dA',
  'dC',
  'dL',
  'ddp',
  'des',
  'det',
  'deu',
  'dew',
  'drds',
  'drg',
  'dRp',
  'dRs',
  'dy',
  'dAc',
  'dAf',
  'dAo',
  'dAp',
  'dl',
  'dconfig',
];
const withoutModifiers = ['dp', 'z', 'dd', 'ddp', 'drds', 'dX', 'drg', 'da'];
// \dl takes none; \dF+ and \dRp+ say so where a pattern finds nothing.
const withoutPattern = ['dl', 'dF', 'dRp'];

const described = ['orders', 'customers', 'big', 'totals', 'events', 'events_2020', 'counter', 'orders_pkey'];

describe.each(olderMajors)('on PostgreSQL %i', (major) => {
  let server: NativeServer;
  let connection: readonly string[];

  beforeAll(async () => {
    server = await startNativeServer({ binFolder: olderBinaries(major), settings: ['wal_level=logical'] });
    connection = ['-X', '-q', '-h', server.host, '-p', String(server.port), '-U', server.user, '-d', server.database];
    const loaded = await howdah([...connection, '-v', 'ON_ERROR_STOP=1', '-f', '-'], { input: schema });
    expect(loaded).toMatchObject({ stderr: '', status: 0 });
  });

  afterAll(() => server.stop());

  test.each([...inSchemas, ...elsewhere])('\\%s answers without an error', async (name) => {
    const pattern = inSchemas.includes(name) ? ' shop.*' : ' p*';
    const patterns = withoutPattern.includes(name) ? [''] : ['', pattern];
    const names = withoutModifiers.includes(name) ? [name] : [name, `${name}+`];
    const lines = names.flatMap((each) => patterns.map((pattern) => `\\${each}${pattern}`));
    expect(await howdah([...connection, ...lines.flatMap((line) => ['-c', line])])).toMatchObject({ stderr: '', status: 0 });
  });

  test.each(described)('\\d and \\d+ of shop.%s answer without an error', async (name) => {
    const { stdout, stderr, status } = await howdah([...connection, '-c', `\\d shop.${name}`, '-c', `\\d+ shop.${name}`]);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout).toContain(name);
  });

  test('statements, errors and COPY', async () => {
    const input = `insert into shop.customers values (1, 'a@example.rw'), (2, 'b@example.rw');\ncopy shop.customers to stdout;\nselect 1/0;\nselect count(*) from shop.customers;\n`;
    const { stdout, stderr, status } = await howdah([...connection, '-A', '-t'], { input });
    expect(stdout).toMatch(/^1\ta@example.rw\t.*\n2\tb@example.rw\t.*\n2\n$/);
    expect(stderr).toBe('ERROR:  division by zero\n');
    expect(status).toBe(0);
  });
});
