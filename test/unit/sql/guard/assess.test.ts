import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess } from '../../../../src/sql/guard/assess.ts';
import { guardQuestion } from '../../../../src/sql/guard/guard-question.ts';
import { readOnlyVerdict } from '../../../../src/sql/guard/read-only-verdict.ts';
import { undoLimits } from '../../../../src/sql/guard/undo-limits.ts';

function kinds(sql: string): readonly string[] {
  return assess(sql).effects.map((effect) => [...effect.via, effect.kind].join(' '));
}

describe('assess', () => {
  test.each<[string, readonly string[]]>([
    ['select 1', []],
    ['delete from a; update b set c = 1 where d = 2', ['delete', 'update']],
    ['delete from a \\; truncate b', ['delete', 'truncate']],
    ['with x as (delete from a returning *) insert into b select * from x', ['cte delete', 'insert']],
    ['explain (analyze) with x as (delete from a returning *) select * from x', ['explain-analyze cte delete']],
    ['explain delete from a', []],
    ['copy (delete from a returning *) to program $$cat$$', ['copy delete', 'copy']],
    ['do $$ begin delete from a; execute $q$drop table b$q$; end $$', ['do delete', 'do drop', 'do']],
    ['prepare p as delete from a; execute p', ['prepare', 'execute', 'execute delete']],
    ['create table a as select nextval($$s$$)', ['create', 'function']],
    ['create function f() returns void begin atomic delete from a; end; drop table b', ['create', 'drop']],
    ['create rule r as on insert to a do also (delete from b; delete from c); drop table d', ['create', 'drop']],
    ['select * into a from b for update', ['create', 'lock-rows']],
    ['call p(pg_notify($$a$$, $$b$$))', ['call', 'function']],
    ["select set_config('work_mem', '1', false)", ['setting']],
    ['lock table a in exclusive mode', ['lock-table']],
    ['frobnicate a', ['unknown']],
    ['declare c cursor for select * from a for share', ['lock-rows']],
    ['alter table a drop b, alter c drop default', ['alter', 'alter-drop', 'alter-drop']],
    ['delete from a \\g out.txt', ['delete']],
    ['', []],
    ['-- nothing', []],
  ])('%s', (sql, expected) => {
    expect(kinds(sql)).toEqual(expected);
  });

  test('names as typed and as the server knows them, and where they stand', () => {
    const sql = 'drop table Public . Orders, "My ""T"""';
    const [effect] = assess(sql).effects;
    const names = effect?.kind === 'drop' ? effect.names : [];
    expect(names.map((name) => name.typed)).toEqual(['Public.Orders', '"My ""T"""']);
    expect(names.map((name) => name.normalized)).toEqual(['public.orders', '"My ""T"""']);
    expect(names.map((name) => name.parts)).toEqual([['public', 'orders'], ['My "T"']]);
    expect(names.map((name) => sql.slice(name.start, name.end))).toEqual(['Public . Orders', '"My ""T"""']);
  });

  test('a span is that of the part that does it', () => {
    const sql = 'select 1; with gone as (delete from a returning 1) select * from gone';
    const [effect] = assess(sql).effects;
    expect(sql.slice(effect?.start, effect?.end)).toBe('delete from a returning 1');
  });

  test('targets are what is written, each once', () => {
    const { targets } = assess('insert into a select * from b; update A set x = 1; delete from c where d');
    expect(targets.map((target) => target.normalized)).toEqual(['a', 'c']);
  });

  test('a statement prepared earlier is read when it is executed', () => {
    const prepared = (name: string) => (name === 'gone' ? 'prepare gone (int) as delete from a' : undefined);
    expect(assess('execute gone(1)', { prepared }).isWrite).toBe('yes');
    expect(assess('execute other', { prepared })).toMatchObject({ isWrite: 'unknown', confidence: 'unsure' });
  });

  test('a prepared statement that executes itself ends', () => {
    expect(assess('execute p', { prepared: () => 'explain analyze execute p' }).effects.length).toBeLessThan(50);
  });

  test('what is nested without end is not read, and said to be unknown', () => {
    const nested = (levels: number): string => `select ${'(select f('.repeat(levels)}1${'))'.repeat(levels)}`;
    expect(assess(nested(400)).effects).toEqual([]);
    for (const sql of [nested(20_000), `explain analyze ${nested(600)}`, `prepare p as ${nested(600)}; execute p`]) {
      const assessment = assess(`select 1; ${sql}`);
      expect(assessment.effects.map(({ kind }) => kind)).toContain('unread');
      expect(assessment.confidence).toBe('unsure');
      expect(guardQuestion(assessment, { environment: 'development' })?.why).toMatch(/^This statement is nested too deep to be read here/);
      expect(readOnlyVerdict(sql)).toMatchObject({ allowed: false });
      expect(undoLimits(assessment)).toContainEqual(expect.objectContaining({ told: 'warn' }));
    }
  });

  test('standard_conforming_strings off: a backslash hides a quote', () => {
    const sql = "select '\\'; delete from a; --'";
    expect(assess(sql).isWrite).toBe('yes');
    expect(assess(sql, { standardStrings: false }).isWrite).toBe('no');
  });

  test('any text is read to its end, and spans lie inside it', () => {
    const piece = fc.constantFrom(
      ...'select delete from update set where with as ( ) , . ; do $$ $a$ \' " E\' U&" /* */ -- \n begin end execute prepare merge when \\; \\g : :x 1 1e [ ] table drop alter copy program grant to public explain analyze'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 30 }), fc.boolean(), (pieces, isTight) => {
        const sql = pieces.join(isTight ? '' : ' ');
        for (const effect of assess(sql).effects) {
          expect(effect.start).toBeGreaterThanOrEqual(0);
          expect(effect.end).toBeLessThanOrEqual(sql.length);
          expect(effect.start).toBeLessThanOrEqual(effect.end);
        }
        undoLimits(assess(sql));
      }),
      { numRuns: 2000 },
    );
  });
});
