import { describe, expect, test } from 'vitest';
import { assess, type KnownFacts } from '../../../../src/sql/guard/assess.ts';
import { guardQuestion } from '../../../../src/sql/guard/guard-question.ts';
import type { Routine } from '../../../../src/sql/guard/routine.ts';

function routine(body: string | undefined, changes: Partial<Routine> = {}): Routine {
  const language = body !== undefined && /^\s*(?:declare|begin(?! atomic))\b/.test(body) ? 'plpgsql' : 'sql';
  return { language, body, isVolatile: true, leastArguments: 0, mostArguments: 9, ...changes };
}

const known: Readonly<Record<string, readonly Routine[]>> = {
  wipe: [routine('delete from a; select 1')],
  atomic: [routine('BEGIN ATOMIC\n DELETE FROM a;\n SELECT CASE WHEN true THEN 1 END;\nEND')],
  returned: [routine('RETURN wipe()')],
  block: [routine('declare n int := wipe(); begin if n > 0 then truncate b; end if; end')],
  ping: [routine('begin perform pong(); end')],
  pong: [routine('begin perform ping(); drop table c; end')],
  dynamic: [routine('begin execute sql; end')],
  quoted: [routine("begin execute 'delete from ' || quote_ident(t) || ' where id = ' || quote_literal(x); end")],
  formatted: [routine("begin execute format('drop table %I.%I', s, t); end")],
  spliced: [routine("begin execute format('delete from a where %s', condition); end")],
  other: [routine("begin execute format('create temp table %I (a int)', n); execute format('drop table %I', t); end")],
  same: [routine("begin execute format('create temp table %I (a int)', t); execute format('drop table %I', t); end")],
  narrowed: [routine("begin execute format('delete from a where %I = %L', c, v); end")],
  made: [routine("begin execute (select string_agg('truncate ' || t, ';') from names); end")],
  handed: [routine("begin execute 'select $1' using wipe(); end")],
  tofile: [routine("begin execute format('copy a to %L', f); end")],
  locks: [
    routine(
      'declare i int; begin i := (select id from a for update skip locked limit 1); if exists (select from a for update) then null; end if; end',
    ),
  ],
  named: [routine('declare comment int; begin comment := wipe(); end')],
  chosen: [routine('declare c text; begin c := case when d then comment else wipe() end; case d when 1 then truncate b; end case; end')],
  list: [routine('delete from a', { leastArguments: 1, mostArguments: 1 })],
  deep: [routine(`begin execute ${"format('%s', ".repeat(5000)}'a'${')'.repeat(5000)}; delete from a; end`)],
  deeptext: [routine(`begin execute $x$delete from a where ${'('.repeat(5000)}b${')'.repeat(5000)}$x$; end`)],
  nestedformat: [routine(`begin execute ${"format('%s', ".repeat(100)}'drop table a'${')'.repeat(100)}; end`)],
  chained: [routine(`begin execute 'drop table ' ${"|| 'a'".repeat(9000)}; end`)],
  read: [routine('begin execute sql; end', { isVolatile: false })],
  python: [routine('plpy.execute("delete from a")', { language: 'plpython3u' })],
  hidden: [routine(undefined)],
  of: [routine('delete from a', { mostArguments: 0 }), routine('delete from a where id = n', { leastArguments: 1, mostArguments: 2 })],
  'audit.clear': [routine('truncate audit.log')],
  '"Wipe"': [routine('delete from a')],
  plain: [],
  ...Object.fromEntries(['by', 'sets', 'filter', 'conflict'].map((name) => [name, [routine('delete from a')]])),
};

const facts: KnownFacts = { routines: ({ normalized }) => known[normalized] };

function kinds(sql: string): readonly string[] {
  return assess(sql, facts).effects.map((effect) => [...effect.via, effect.kind].join(' '));
}

describe('bodies of routines', () => {
  test.each<[string, readonly string[]]>([
    ['select wipe()', ['wipe() delete']],
    ['select wipe(), wipe()', ['wipe() delete']],
    ['select atomic()', ['atomic() delete']],
    ['select returned()', ['returned() wipe() delete']],
    ['select block()', ['block() truncate', 'block() wipe() delete']],
    ['select ping()', ['ping() pong() drop']],
    ['select dynamic()', ['routine']],
    ['select quoted()', ['quoted() delete']],
    ['select formatted()', ['formatted() drop']],
    ['select spliced()', ['spliced() delete', 'routine']],
    ['select other()', ['other() create', 'other() drop']],
    ['select narrowed()', ['narrowed() delete']],
    ['select made()', ['made() truncate', 'routine']],
    ['select handed()', ['handed() wipe() delete']],
    ['select tofile()', ['tofile() copy']],
    ['select locks()', []],
    ['select named()', ['named() wipe() delete']],
    ['select chosen()', ['chosen() truncate', 'chosen() wipe() delete']],
    ['select list(array[1, 2])', ['list() delete']],
    ['select list(array(select a from b order by c, d))', ['list() delete']],
    ['select list(a order by b, c) from d', ['list() delete']],
    ['select list(1, array[2, 3])', []],
    ['alter table a alter b type int using wipe()', ['alter', 'wipe() delete']],
    ['alter table a add b int default wipe(), drop c', ['alter', 'wipe() delete', 'alter-drop']],
    ['alter table a add check (wipe() > 0)', ['alter', 'wipe() delete']],
    ['alter table a alter b set default wipe()', ['alter']],
    ['create index on a using btree (b, (wipe()))', ['create', 'wipe() delete']],
    ['create index i on a (b) where wipe() > 0', ['create', 'wipe() delete']],
    ['create table t as select wipe() with data', ['create', 'wipe() delete']],
    ['create table t as select wipe() with no data', ['create']],
    ['copy a from stdin where wipe() > 0', ['copy', 'wipe() delete']],
    ['select by(1), sets(), filter(), conflict()', ['by() delete', 'sets() delete', 'filter() delete', 'conflict() delete']],
    ['select count(*) filter (where b) over (order by c) from a group by grouping sets ((a))', []],
    ['select deep()', ['routine']],
    ['select deeptext()', ['routine']],
    ['select nestedformat()', ['nestedformat() drop']],
    ['select chained()', ['chained() drop']],
    ['select read()', []],
    ['select python()', ['routine']],
    ['select hidden()', ['routine']],
    ['select of()', ['of() delete']],
    ['select of(1), of(1, f(2, 3))', ['of() delete']],
    ['select of(1, 2, 3)', []],
    ['select of(*)', ['of() delete']],
    ['select audit . clear()', ['audit.clear() truncate']],
    ['select "Wipe"()', ['"Wipe"() delete']],
    ['select plain()', []],
    ['call wipe()', ['wipe() delete', 'call']],
    ['call dynamic(wipe())', ['call', 'wipe() delete']],
    ['do $$ begin perform wipe(); end $$', ['do wipe() delete', 'do']],
    ['explain analyze select wipe()', ['explain-analyze wipe() delete']],
    ['prepare p as select wipe(); execute p', ['prepare', 'execute wipe() delete', 'execute']],
    ['explain select wipe()', []],
    ['select * from a wipe (id)', ['wipe() delete']],
    ['select * from a as wipe (id)', []],
  ])('%s', (sql, expected) => {
    expect(kinds(sql).toSorted()).toEqual([...expected].toSorted());
  });

  test('a call is known where its body is', () => {
    expect(assess('call wipe()', facts).confidence).toBe('sure');
    expect(assess('call dynamic()', facts).confidence).toBe('unsure');
    expect(assess('call wipe()').confidence).toBe('unsure');
  });

  test('what the facts do not tell of is named once, key words and known functions are not', () => {
    const { unknownRoutines } = assess(
      'with x as materialized (select S.f(a), f(b), "F"(c), nextval(d), count(*) over (partition by (e)) from t where g in (1) group by (h)) select f(1) from x',
    );
    expect(unknownRoutines.map((name) => name.normalized)).toEqual(['s.f', 'f', '"F"', 'count']);
  });

  test('the place is that of the call', () => {
    const sql = 'select 1; select 2, block(3)';
    const [effect] = assess(sql, facts).effects;
    expect(sql.slice(effect?.start, effect?.end)).toBe('block(3)');
  });

  test('the question says where it stands', () => {
    const asked = (sql: string, environment: 'production' | 'development') => guardQuestion(assess(sql, facts), { environment })?.why;
    expect(asked('select returned()', 'development')).toBe('Inside wipe(): DELETE without WHERE deletes every row of a.');
    expect(asked('select dynamic()', 'development')).toBeUndefined();
    expect(asked('select dynamic()', 'production')).toBe('This calls dynamic, and what that runs cannot be told from here.');
    expect(asked('call dynamic()', 'production')).toBe('CALL runs dynamic, which may write and commit.');
    expect(asked('call quoted()', 'production')).toBeUndefined();
    expect(asked('select narrowed()', 'production')).toBeUndefined();
    expect(asked('select same()', 'production')).toBeUndefined();
    expect(asked('select other()', 'development')).toBe('Inside other(): DROP removes the table "…t".');
  });
});
