import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstLine, sentStatements } from '../../../../src/engine/transaction/sent-statement.ts';

const split: readonly (readonly [string, readonly string[]])[] = [
  ['', []],
  [' ;; -- x\n ; /* ; */', []],
  ['select 1', ['select 1']],
  ['select 1; select 2 ;', ['select 1', 'select 2']],
  [`select ';', $$;$$, $a$;$$;$a$, ";", E'\\';' ; select 2`, [`select ';', $$;$$, $a$;$$;$a$, ";", E'\\';'`, 'select 2']],
  [`select 'a'\n ';b'; select 2`, [`select 'a'\n ';b'`, 'select 2']],
  ['/* a /* ; */ ; */ select 1 -- ;\n; select 2', ['select 1', 'select 2']],
  [
    'create rule r as on insert to t do (select 1; select 2); select 3',
    ['create rule r as on insert to t do (select 1; select 2)', 'select 3'],
  ],
  [
    'create function f() returns int begin atomic select case when true then 1 end; select 2; end; commit',
    ['create function f() returns int begin atomic select case when true then 1 end; select 2; end', 'commit'],
  ],
  ['begin; select 1 as begin; end', ['begin', 'select 1 as begin', 'end']],
  [`select 'open; commit`, [`select 'open; commit`]],
];

test.each(split)('%j', (sql, statements) => {
  expect(sentStatements(sql, true).map((statement) => statement.sql)).toEqual(statements);
});

test('a backslash ends no literal, unless the strings are standard ones', () => {
  const sql = String.raw`select '\'; commit; --'`;
  expect(sentStatements(sql, true).map((statement) => statement.sql)).toEqual([String.raw`select '\'`, 'commit']);
  expect(sentStatements(sql, false).map((statement) => statement.sql)).toEqual([sql]);
});

test('lines before a statement', () => {
  expect(sentStatements('select 1;\n\n-- x\nselect\n2; select 3', true).map(({ linesBefore }) => linesBefore)).toEqual([0, 3, 4]);
});

test('whatever the text, its statements stand in it one after the other', () => {
  const token = fc.constantFrom(';', ' ', '\n', "'", '"', '$$', '--', '/*', '*/', '(', ')', 'begin', 'end', 'a', '1', '\\', 'é', '😀');
  fc.assert(
    fc.property(fc.array(token, { maxLength: 40 }), fc.boolean(), (tokens, standardStrings) => {
      const sql = tokens.join('');
      let at = 0;
      for (const statement of sentStatements(sql, standardStrings)) {
        const found = sql.indexOf(statement.sql, at);
        expect(found).toBeGreaterThanOrEqual(at);
        at = found + statement.sql.length;
      }
    }),
  );
});

test('the first line', () => {
  expect(firstLine('select 1  \r\n  from t')).toBe('select 1');
  expect(firstLine('select 1')).toBe('select 1');
});
