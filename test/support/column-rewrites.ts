import { expect } from 'vitest';
import type { Session } from '../../src/server/session.ts';
import { columnChanges } from '../../src/sql/guard/alter-table-facts.ts';
import { ddlFacts } from '../../src/sql/guard/ddl-facts.ts';
import { rewriteVerdicts } from '../../src/workbench/rewrite-lookup.ts';
import { cells } from './rehearsals.ts';

/** The column `a` as it is, and an action on the table it is in; `since` the version that has the form, `depends` the one from which on it is not told. */
interface ColumnCase {
  readonly from: string;
  readonly action: string;
  readonly since?: number;
  readonly depends?: number;
  /** `SET` before it. */
  readonly timeZone?: string;
}

const columnSchema = `
create schema rewrites;
set search_path = rewrites, public;
create domain plain as text;
create domain checked as text check (value <> 'x');
create domain over_checked as checked;
create domain required as int not null;
create domain short as varchar(10);
create domain over_short as short;
create domain preset as int default 7;
create domain preset_now as timestamptz default clock_timestamp();
create domain ints as int[];
create type mood as enum ('sad', 'ok');
create type pair as (x int, y int);
create function fixed() returns int language sql as 'select 1';
create function steady() returns int stable language plpgsql as 'begin return 1; end';
create function unsteady() returns int language plpgsql as 'begin return 1; end';
create function unsteady(int) returns int immutable language plpgsql as 'begin return 1; end';
create function mood_number(mood) returns int immutable language sql as 'select 1';
create cast (mood as int) with function mood_number(mood) as assignment;
create function add_unsteadily(pair, pair) returns int language plpgsql as 'begin return 1; end';
create operator ~+~ (leftarg = pair, rightarg = pair, procedure = add_unsteadily);
`;

const to = (type: string, more: Partial<ColumnCase> = {}) => ({ action: `alter a type ${type}`, ...more });

/** Types between semicolons, or whole actions. */
function changes(from: string, ...targets: readonly (string | Omit<ColumnCase, 'from'>)[]): readonly ColumnCase[] {
  return targets
    .flatMap((target) => (typeof target === 'string' ? target.split('; ').map((type) => to(type)) : [target]))
    .map((one) => ({ from, ...one }));
}

const typeChanges: readonly ColumnCase[] = [
  ...changes('varchar(10)', 'varchar(10); varchar(20); varchar(5); varchar; text; character varying(11); char(10); bpchar; int using 1'),
  ...changes('varchar(10)', 'varchar(20) using a; text using a::text; text using (cast(a as text)); varchar(5) using a::varchar(5)'),
  ...changes(
    'varchar(10)',
    'plain; checked; short; over_short; over_checked; int using a::integer; integer using (a)::int4; bytea using a::bytea',
  ),
  ...changes(
    'varchar(10)',
    "text using a || 'x'; text using lower('X'); int using length(t.a)::int; text using case when true then lower(a) end; text[] using array[a]",
    to('varchar(20) using a::text', { depends: 1 }),
    to('varchar(20) using case when true then a end', { depends: 1 }),
  ),
  ...changes('varchar', 'varchar(10); text; short; xml using a::xml; "char"'),
  ...changes(
    'text',
    'varchar; varchar(10); plain; checked; text; char; bpchar; text collate "C"; varchar collate "C"; name; json using a::json',
  ),
  ...changes('text not null', to('required using a::int', { depends: 1 }), 'text[] using array[a]'),
  ...changes('char(5)', 'char(5); char(6); char(4); bpchar; text; varchar(5); character'),
  ...changes('bpchar', 'char(5); character varying'),
  ...changes('bit(3)', 'bit(3); bit(4) using a::bit(4); bit varying; varbit(3); varbit(9)'),
  ...changes('varbit(3)', 'varbit(3); varbit(9); varbit(2); varbit; bit(3)'),
  ...changes('numeric(10,2)', 'numeric(10,2); numeric(12,2); decimal(12,3); numeric(9,2); numeric; dec(10); int; float(24); text'),
  ...changes('numeric', 'numeric(10,2); numeric(10); numeric'),
  ...changes('numeric(5)', 'numeric(6); numeric(6,0); numeric(6,1)'),
  ...changes(
    'int',
    'bigint; int; int4; smallint; oid; numeric; text; required; float8; boolean using a::boolean; preset; money; int using a; bigint using a',
  ),
  ...changes('oid', 'int; regclass; bigint'),
  ...changes('real', 'float(24); float(25); double precision; float'),
  ...changes(
    'timestamp(3)',
    'timestamp(3); timestamp(4); timestamp(2); timestamp; timestamp(6); timestamp(9) without time zone; date; time',
  ),
  ...changes('timestamp', 'timestamp(3); timestamp(6); timestamp without time zone'),
  ...changes('time(3)', 'time(4); time; time(2); time(6) with time zone'),
  ...changes('timetz(2)', 'time(2) with time zone; timetz(5); timetz(1)'),
  ...changes('timestamptz(3)', 'timestamptz(5); timestamp(1) with time zone; timestamp with time zone'),
  ...['UTC', 'Etc/UTC', 'GMT', 'zulu', 'Europe/Berlin', 'Europe/London', 'Africa/Abidjan', 'Etc/GMT-3', '-07'].flatMap((timeZone) => [
    ...changes('timestamp', to('timestamptz', { timeZone })),
    ...changes('timestamptz(3)', to('timestamp', { timeZone })),
  ]),
  ...changes('timestamp', to('timestamptz(3)', { timeZone: 'UTC' }), to('timestamptz(6)', { timeZone: 'UTC' })),
  ...changes('timestamp', to('timestamptz', { timeZone: '0' }), to('timestamptz', { timeZone: 'NONE0', depends: 120000 })),
  ...changes(
    'timestamp',
    to('timestamptz using a::timestamptz', { timeZone: 'UTC' }),
    to("timestamptz using a at time zone 'UTC'", { timeZone: 'UTC' }),
    to("timestamptz using a::timestamp at time zone 'UTC'", { timeZone: 'UTC' }),
  ),
  ...changes(
    'interval(3)',
    'interval(3); interval(5); interval(2); interval; interval(6); interval day to second(3); interval year to month',
  ),
  ...changes('interval', 'interval(3); interval(6); interval second; interval hour to minute; interval day to second'),
  ...changes('interval day', 'interval day to hour; interval year; interval hour to second(2); interval month; interval minute'),
  ...changes('interval day to second(2)', 'interval second(2); interval minute to second(4); interval second(1); interval second'),
  ...changes('inet', 'cidr; text'),
  ...changes('cidr', 'inet; varchar'),
  ...changes('xml', 'text; varchar(30); varchar'),
  ...changes('jsonb', 'json; text'),
  ...changes('json', 'jsonb; json'),
  ...changes('varchar(10)[]', 'varchar(10)[]; varchar(20)[]; varchar[]; text[]; character varying(10) array'),
  ...changes('int[]', 'bigint[]; int[3]; text; ints; int array[4]'),
  ...changes('numeric(5,2)[]', 'numeric(6,2)[]; numeric[]'),
  ...changes('plain', 'text; varchar; varchar(3); checked; plain; over_checked'),
  ...changes('checked', 'text; plain; checked'),
  ...changes('short', 'varchar; varchar(10); varchar(20); text; over_short; short'),
  ...changes('over_short', 'varchar(10); short; varchar'),
  ...changes('required', 'int; bigint'),
  ...changes('ints', 'int[]; bigint[]'),
  ...changes('boolean', to('boolean using a and true', { depends: 1 }), 'boolean using not a; boolean using a = false or a'),
  ...changes('mood', 'text; mood; varchar', to('int', { depends: 1 })),
  ...changes('uuid', 'text; uuid'),
  ...changes('pair', 'pair; text'),
  ...changes('name', 'text; varchar; varchar(3)'),
  ...changes(
    'int generated always as (b) stored',
    to('bigint', { since: 120000 }),
    to('int', { since: 120000 }),
    to('oid', { since: 120000 }),
  ),
  ...changes('int generated always as (b) virtual', to('bigint', { since: 180000 })),
  ...changes(
    'varchar(10)',
    { action: 'alter column a set data type varchar(30), alter b type oid' },
    { action: 'alter a type text, alter b type bigint' },
  ),
  ...changes('varchar(10) unique check (a > $$b$$)', 'varchar(20); text; varchar(9)'),
  ...changes('varchar(10) default $$x$$', 'varchar(12); plain'),
  ...changes('int generated always as (b) stored', { action: 'alter a set expression as (b + 1)', since: 170000 }),
  ...changes('int generated always as (b) virtual', { action: 'alter a set expression as (b + 1)', since: 180000 }),
];

const added = (definition: string, more: Partial<ColumnCase> = {}): ColumnCase => ({ from: 'int', action: `add ${definition}`, ...more });

const addedColumns: readonly ColumnCase[] = [
  added('c int'),
  added('column c varchar(10) not null default $$x$$'),
  added('c timestamptz default now()'),
  added('c text default now()'),
  added('c timestamptz default clock_timestamp()'),
  added('c timestamptz default current_timestamp(3)'),
  added('c float8 default random() * 10'),
  added("c text default md5(random()::text) check (c <> '')"),
  added('c text default lower($$X$$) check (length(c) < 99)'),
  added('c int default 5 check (unsteady() = 1)'),
  added('c int default fixed()', { depends: 110000 }),
  added('c int default coalesce(1, unsteady())', { depends: 110000 }),
  added('c int default case when 1 is not null then 1 else unsteady() end', { depends: 110000 }),
  added('c int default unsteady(1)', { depends: 110000 }),
  added('c int default unsteady()', { depends: 110000 }),
  added('c int default steady()'),
  added('c int default rewrites.steady() unique'),
  added('c int default row(1, 2)::pair ~+~ row(1, 2)::pair', { depends: 110000 }),
  added("c bigint default nextval('numbers')"),
  added("c int default (nextval('numbers') % 5)::int"),
  added("c int default extract(year from timestamp '2020-01-01')"),
  added('c numeric(10,2) default 1.5'),
  added("c interval default interval '1 day'"),
  added('c int[] default array[1, 2]'),
  added("c timestamp(3) default '2020-01-01'::timestamp(3)"),
  added('c plain'),
  added('c checked'),
  added('c over_checked'),
  added("c checked default 'y'"),
  added("c plain default 'y'"),
  added('c plain default null'),
  added('c int default null'),
  added('c preset'),
  added('c preset default 8'),
  added('c preset_now', { depends: 110000 }),
  added('c serial'),
  added('c int generated by default as identity'),
  added('c int generated always as (b) stored', { since: 120000 }),
  added('c int generated always as (b) virtual', { since: 180000 }),
  added('if not exists a serial'),
  added('if not exists a float8 default random()'),
  added('if not exists a serial, alter a type bigint'),
  added('if not exists a float8 default random(), drop a'),
  added('if not exists c float8 default random()'),
  added('c int, add d float8 default random()'),
  added('serial int default 3'),
  added('c uuid default gen_random_uuid()', { since: 130000 }),
];

export interface ColumnFigures {
  readonly yes: number;
  readonly no: number;
  /** The statements of which it was not told. */
  readonly depends: readonly string[];
  readonly wrong: readonly string[];
}

/** What is said of each case, against whether the table has another file after it. */
async function columnFigures(session: Session): Promise<ColumnFigures> {
  const version = session.versionNumber;
  const cases = [...typeChanges, ...addedColumns].filter(({ since = 0 }) => version >= since);
  const figures = { yes: 0, no: 0, depends: [] as string[], wrong: [] as string[] };
  for (const one of cases) {
    const sql = `alter table t ${one.action}`;
    const { told, isWritten } = await toldAndSeen(session, one, sql);
    const what = nameOf(one);
    if (told === 'depends') figures.depends.push(what);
    else if (told === (isWritten ? 'yes' : 'no')) figures[told]++;
    else figures.wrong.push(`${what}: said ${told}`);
  }
  return figures;
}

function casesThatDepend(version: number): readonly string[] {
  const cases = [...typeChanges, ...addedColumns].filter(
    ({ since = 0, depends }) => version >= since && version >= (depends ?? version + 1),
  );
  return cases.map(nameOf);
}

function nameOf({ from, action, timeZone }: ColumnCase): string {
  return `${from}: ${action}${timeZone === undefined ? '' : ` in ${timeZone}`}`;
}

async function toldAndSeen(session: Session, { from, timeZone }: ColumnCase, sql: string) {
  const version = session.versionNumber;
  const zone = timeZone === undefined ? '' : `set local timezone = '${timeZone}';`;
  await cells(session, `begin; ${zone} create temp table t (b int, a ${from}); create temp sequence numbers`);
  try {
    const [[table = '', before = ''] = []] = await cells(session, "select 't'::regclass::oid, pg_relation_filenode('t')");
    const verdicts = await rewriteVerdicts(columnChanges(sql, version), { oid: table ?? '', fullName: 'pg_temp.t' }, version, (query) =>
      cells(session, query),
    );
    await cells(session, sql);
    const [[after = ''] = []] = await cells(session, "select pg_relation_filenode('t')");
    return { told: ddlFacts(sql, version, verdicts)?.rewrites, isWritten: after !== before };
  } finally {
    await cells(session, 'rollback');
  }
}

/** Whether each case is said to write the table anew where this server does. */
export async function checkColumnRewrites(session: Session): Promise<void> {
  await cells(session, columnSchema);
  const { yes, no, depends, wrong } = await columnFigures(session);
  expect(wrong).toEqual([]);
  expect(depends).toEqual(casesThatDepend(session.versionNumber));
  expect(Math.min(yes, no)).toBeGreaterThan(60);
}
