import { Interpreter } from '../../src/engine/interpreter.ts';
import type { Face, OutputEvent } from '../../src/engine/output-event.ts';
import type { RowsRoom } from '../../src/engine/rehearsal/pair-rows.ts';
import type { RehearsedRows } from '../../src/engine/rehearsal/rehearsed.ts';
import { pairColumns, rowFate } from '../../src/result/changed-cells.ts';
import { createRowStore } from '../../src/result/create-row-store.ts';
import { cellBytes } from '../../src/result/row-batch.ts';
import type { Session } from '../../src/server/session.ts';
import { openSpool } from '../../src/system/spool.ts';

/** Tables of every shape that a rehearsal has to be right about. */
export const rehearsalSchema = `
set client_min_messages = error;
create table r (id int primary key, a text, b int, g int generated always as (b * 2) stored);
insert into r select n, 'a' || n, n % 7 from generate_series(1, 60) n;
create table nokey (x int, y text);
insert into nokey values (1, 'one'), (1, 'one'), (2, null);
create table p (id int, k int, v text, primary key (id, k)) partition by list (k);
create table p1 partition of p for values in (1);
create table p2 partition of p for values in (2);
insert into p select n, 1 + n % 2, 'v' || n from generate_series(1, 20) n;
create table parent (id int primary key, a text);
create table heir (extra text) inherits (parent);
insert into parent values (1, 'p'); insert into heir values (2, 'h', 'x');
create schema "My Schema";
create table "My Schema"."Old ""Table" ("old" int primary key, "new" text, "select" text, howdah_before text);
insert into "My Schema"."Old ""Table" values (1, 'x', '', null), (2, null, ' ', 'y');
create table audit (n serial, what text);
create table watched (id int primary key, a text, b int);
insert into watched values (1, 'a', 1), (2, 'b', 2), (3, 'c', 3);
create function note() returns trigger language plpgsql as $$ begin insert into audit (what) values (tg_op); return null; end $$;
create function shout() returns trigger language plpgsql as $$ begin new.a := upper(new.a); if new.b = 3 then return null; end if; return new; end $$;
create trigger shout before update on watched for each row execute procedure shout();
create trigger note after insert or update or delete on watched for each row execute procedure note();
create table boss (id int primary key); insert into boss values (1), (2);
create table worker (id int primary key, boss int references boss on delete cascade); insert into worker values (1, 1), (2, 1), (3, 2);
create view vr as select id, a from r where id < 10;
create table ruled (id int primary key); create rule gone as on delete to ruled do instead nothing; insert into ruled values (1);
create table kinds (id int primary key, j jsonb, t timestamptz, n numeric, c char(4), by bytea, ar int[], iv interval, bo boolean);
insert into kinds values (1, '{"a": 1}', '2026-01-01 00:00+00', 1.50, 'ab', '\\x00ff', '{1,NULL}', '1 day', true), (2, null, null, null, null, null, null, null, null);
create sequence numbers;
`;

const contents = [
  'r',
  'nokey',
  'p',
  'only parent',
  'heir',
  '"My Schema"."Old ""Table"',
  'audit',
  'watched',
  'boss',
  'worker',
  'ruled',
  'kinds',
];

/** What a rehearsal is to show: pairs that account for all that changed, the count alone, rows of the statement's own, or nothing. */
export type Expected = 'pairs' | 'written' | 'count' | 'rows';

export interface RehearsedStatement {
  readonly sql: string;
  /** The table whose contents the pairs account for. */
  readonly table: string;
  readonly on18: Expected;
  readonly before18: Expected;
  readonly changes: number;
  readonly since: number;
}

const rows = (
  sql: string,
  table: string,
  changes: number,
  on18: Expected = 'pairs',
  before18: Expected = on18,
  since = 100_000,
): RehearsedStatement => ({
  sql,
  table,
  changes,
  on18,
  before18,
  since,
});

export const rehearsedStatements: readonly RehearsedStatement[] = [
  rows("update r set a = 'z'", 'r', 60),
  rows("update r set a = a || '!' where id <= 3 -- some\n;", 'r', 3),
  rows('update r set b = null, a = null where id = 5', 'r', 1),
  rows("update r set a = '' where id = 6", 'r', 1),
  rows('update r set a = a where id < 4', 'r', 3),
  rows('update r set id = id + 1000 where id > 50', 'r', 10, 'pairs', 'count'),
  rows('update r as x set b = x.b + 1 where x.id between 2 and 4', 'r', 3),
  rows("update only r set (a, b) = (select v, n from (values (1, 7)) s(n, v2), (values (text 'q')) t(v)) where id = 1", 'r', 1),
  rows("update r set a = v.t from (values (1, 'one'), (2, 'two')) v(i, t) where r.id = v.i", 'r', 2),
  rows("update r set a = 'w' from worker w join boss b on b.id = w.boss where r.id = w.id and lower(r.a) like 'a%'", 'r', 3),
  rows("with v as (select 3 as i) update r set a = 'cte' from v where r.id = v.i", 'r', 1),
  rows(
    'with gone as (delete from nokey where x = 2 returning x) update r set b = gone.x from gone where r.id = 1',
    'r',
    1,
    'pairs',
    'count',
  ),
  rows('update r set b = b where random() >= 0 and id < 5', 'r', 4, 'pairs', 'count'),
  rows('update r set a = 1 where false', 'r', 0),
  rows("update r set a = 'x' where id = 1 returning id, a", 'r', 1, 'rows'),
  rows('delete from r where id > 55', 'r', 5),
  rows('delete from r using worker w where w.id = r.id', 'r', 3),
  rows('delete from only r x where x.b is distinct from 3', 'r', 51),
  rows('delete from r where id = 1 returning *', 'r', 1, 'rows'),
  rows("insert into r (id, a, b) values (100, 'new', 1), (101, null, null)", 'r', 2),
  rows('insert into r (id, b) select id + 200, 1 from r where id < 10', 'r', 9),
  rows("insert into r (id, a) values (1, 'dup') on conflict do nothing", 'r', 0),
  rows("insert into r (id, a) values (1, 'up'), (300, 'in') on conflict (id) do update set a = excluded.a", 'r', 2, 'pairs', 'written'),
  rows("insert into r as q (id, a) values (2, 'up') on conflict (id) do update set a = q.a || excluded.a", 'r', 1, 'pairs', 'written'),
  rows("update nokey set y = 'u'", 'nokey', 3, 'pairs', 'count'),
  rows('delete from nokey where x = 1', 'nokey', 2),
  rows("insert into nokey values (1, 'one')", 'nokey', 1),
  rows("update p set v = v || '?' where id < 6", 'p', 5, 'pairs', 'pairs', 110_000),
  rows('update p set k = 3 - k where id in (1, 2)', 'p', 2, 'pairs', 'count', 110_000),
  rows('delete from p where k = 2', 'p', 10),
  rows("insert into p values (50, 1, 'n'), (51, 2, 'n')", 'p', 2),
  rows("update p1 set v = 'direct'", 'p', 10, 'pairs', 'pairs', 110_000),
  rows("update parent set a = 'both'", 'parent', 2),
  rows('delete from only parent', 'parent', 1),
  rows('update "My Schema"."Old ""Table" set "new" = "old"::text, "select" = null', '"My Schema"."Old ""Table"', 2),
  rows('update "My Schema"."Old ""Table" "old" set "new" = \'howdah_after\' where "old"."old" = 1', '"My Schema"."Old ""Table"', 1),
  rows('delete from "My Schema"."Old ""Table" where "new" is null', '"My Schema"."Old ""Table"', 1),
  rows("update watched set a = 'mixed', b = b where id > 1", 'watched', 1),
  rows('delete from watched where id = 1', 'watched', 1),
  rows('delete from boss where id = 1', 'boss', 1),
  rows("update vr set a = 'through' where id < 3", 'r', 2, 'count'),
  rows('delete from ruled', 'ruled', 0, 'count'),
  rows(
    "update kinds set j = j || '{\"b\": [1]}', t = t + '1 day', n = n * 2, c = 'z', by = by || '\\x01', ar = ar || 3, iv = iv * 2, bo = not bo",
    'kinds',
    2,
  ),
  rows("update kinds set c = 'ab  ' where id = 1", 'kinds', 1),
  rows('truncate nokey', 'nokey', 0, 'count'),
  rows("select count(*), nextval('numbers') from r", 'r', 0, 'rows'),
  rows("do $$ begin update r set a = 'do'; delete from nokey; end $$", 'r', 0, 'count'),
  rows(
    "merge into r using (values (1, 'm'), (400, 'n')) s(i, v) on r.id = s.i when matched then update set a = s.v when not matched then insert (id, a) values (s.i, s.v)",
    'r',
    2,
    'pairs',
    'count',
    150_000,
  ),
  rows(
    'merge into r as q using worker w on q.id = w.id when matched and q.b = 1 then delete when matched then update set b = 0',
    'r',
    3,
    'pairs',
    'count',
    150_000,
  ),
  rows('alter table r add column z int default 3', 'r', 0, 'count'),
  rows('create table fresh as select * from r', 'r', 0, 'count'),
  rows('drop table r cascade', 'r', 0, 'count'),
];

export interface Rehearser {
  readonly interpreter: Interpreter;
  readonly session: Session;
  readonly said: string[];
  readonly room: RowsRoom;
}

export function rehearser(session: Session): Rehearser {
  const said: string[] = [];
  const face: Face = {
    isInteractive: true,
    emit: (event: OutputEvent) => {
      if (event.type === 'message') said.push(event.text.trim());
      return undefined;
    },
    ask: () => Promise.resolve(undefined),
    child: () => Promise.resolve(0),
    terminalColumns: () => 80,
  };
  const interpreter = new Interpreter({
    face,
    programName: 'howdah',
    session,
    connect: () => Promise.reject(new Error('no other session')),
  });
  const room = { openStore: (columnCount: number) => createRowStore(columnCount, () => openSpool('/tmp')), spoolLimit: 1024 ** 3 };
  return { interpreter, session, said, room };
}

/** The cells of a query, on the session itself: also in the middle of a transaction. */
export async function cells(session: Session, sql: string): Promise<(string | null)[][]> {
  const found: (string | null)[][] = [];
  for await (const event of session.run({ sql, isOwn: true })) {
    if (event.type === 'error') throw new Error(`${event.error.message}: ${sql}`);
    if (event.type !== 'rows') continue;
    for (let row = 0; row < event.batch.rowCount; row++)
      found.push(Array.from({ length: event.batch.columnCount }, (_, column) => cellBytes(event.batch, row, column)?.toString() ?? null));
  }
  return found;
}

/** All that a rollback has to bring back. */
export async function allContents(session: Session): Promise<string> {
  const tables: string[] = [];
  for (const table of contents)
    tables.push(JSON.stringify((await cells(session, `select * from ${table}`)).map((row) => JSON.stringify(row)).sort()));
  return tables.join('\n');
}

export interface Pair {
  readonly fate: string;
  readonly before: readonly (string | null)[] | undefined;
  readonly after: readonly (string | null)[] | undefined;
}

/** What a rehearsal shows, row by row. */
export function pairsOf(shown: RehearsedRows | undefined): readonly Pair[] {
  if (shown?.type !== 'pairs') return [];
  const batch = shown.store.slice(0, shown.store.rowCount);
  return Array.from({ length: batch.rowCount }, (_, row) => {
    const fate = rowFate(batch, row, shown.pairs);
    const side = (which: 0 | 1) => {
      const places = shown.columns.map((_column, column) => pairColumns(shown.pairs, fate, column)[which]);
      return places[0] === undefined || places[0] < 0 ? undefined : places.map((place) => cellBytes(batch, row, place)?.toString() ?? null);
    };
    return { fate, before: side(0), after: side(1) };
  });
}

/** The table as the pairs say it is after the statement: what they say was there taken out, what they say is there put in. */
export function applied(before: readonly (readonly (string | null)[])[], pairs: readonly Pair[]): readonly string[] {
  const left = before.map((row) => JSON.stringify(row));
  for (const pair of pairs) {
    if (pair.before === undefined) continue;
    const at = left.indexOf(JSON.stringify(pair.before));
    if (at < 0) throw new Error(`was not there: ${JSON.stringify(pair.before)}`);
    left.splice(at, 1);
  }
  return [...left, ...pairs.flatMap(({ after }) => (after === undefined ? [] : [JSON.stringify(after)]))].sort();
}
