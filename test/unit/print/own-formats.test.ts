import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printSample, type SampleTable, sampleTables } from './sample-tables.ts';

const typed: SampleTable = {
  columns: [
    ['n', 'numeric'],
    ['f', 'float8'],
    ['b', 'bool'],
    ['j', 'json'],
    ['t', 'text'],
    ['m', 'money'],
  ],
  rows: [
    ['12345678901234567890.10', '1e+300', 't', '{"a":\n 1}', 'a"b\\c\n\x1b', '$1.00'],
    ['NaN', '-Infinity', 'f', 'null', '', null],
    [null, null, null, null, null, null],
  ],
};

describe('json', () => {
  test('numbers keep their digits, booleans and json stand unquoted', async () => {
    expect(await printSample(typed, { format: 'json' })).toBe(
      '[{"n":12345678901234567890.10,"f":1e+300,"b":true,"j":{"a":  1},"t":"a\\"b\\\\c\\n\\u001b","m":"$1.00"},\n' +
        ' {"n":"NaN","f":"-Infinity","b":false,"j":null,"t":"","m":null},\n' +
        ' {"n":null,"f":null,"b":null,"j":null,"t":null,"m":null}]\n',
    );
  });

  test('a row on each line', async () => {
    const lines = (await printSample(typed, { format: 'json-lines' })).split('\n');
    expect(lines.length).toBe(4);
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line).m)).toEqual(['$1.00', null, null]);
  });

  test.each([
    ['no rows', '[]\n', ''],
    ['no columns', '[{},\n {}]\n', '{}\n{}\n'],
  ])('%s', async (table, array, lines) => {
    expect(await printSample(sampleTables[table] as SampleTable, { format: 'json' })).toBe(array);
    expect(await printSample(sampleTables[table] as SampleTable, { format: 'json-lines' })).toBe(lines);
  });

  test('any text comes back as it was', async () => {
    const text = fc.string({ unit: 'binary' }).map((any) => any.replaceAll('\0', '').toWellFormed());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text)), async (rows) => {
        const table: SampleTable = {
          columns: [
            ['a', 'text'],
            ['b', 'text'],
          ],
          rows,
        };
        const parsed = JSON.parse(await printSample(table, { format: 'json' }));
        expect(parsed).toEqual(rows.map(([a, b]) => ({ a, b })));
      }),
    );
  });
});

describe('markdown', () => {
  const table: SampleTable = {
    columns: [
      ['id', 'int4'],
      ['a|b', 'text'],
    ],
    rows: [
      ['1', 'x|y\nz'],
      ['2', null],
    ],
  };

  test('a table with its marks escaped', async () => {
    expect(await printSample(table, { format: 'markdown', title: 'T', null: '-' })).toBe(
      'T\n\n| id | a\\|b |\n| ---: | --- |\n| 1 | x\\|y<br>z |\n| 2 | - |\n',
    );
  });

  test('expanded, a table for each record', async () => {
    expect(await printSample(table, { format: 'markdown', expanded: 'on' })).toBe(
      '| column | value |\n| --- | --- |\n| id | 1 |\n| a\\|b | x\\|y<br>z |\n\n| column | value |\n| --- | --- |\n| id | 2 |\n| a\\|b |  |\n',
    );
  });
});

describe('insert', () => {
  test('literals as SQL reads them', async () => {
    const names = '("n", "f", "b", "j", "t", "m")';
    expect(await printSample(typed, { format: 'insert', tableAttributes: 'shop.items' })).toBe(
      `INSERT INTO shop.items ${names} VALUES (12345678901234567890.10, 1e+300, true, '{"a":\n 1}', E'a"b\\\\c\n\x1b', '$1.00');\n` +
        `INSERT INTO shop.items ${names} VALUES ('NaN', '-Infinity', false, 'null', '', NULL);\n` +
        `INSERT INTO shop.items ${names} VALUES (NULL, NULL, NULL, NULL, NULL, NULL);\n`,
    );
  });

  test('quotes are doubled', async () => {
    const table: SampleTable = { columns: [['a"b', 'text']], rows: [["it's"]] };
    expect(await printSample(table, { format: 'insert' })).toBe(`INSERT INTO table_name ("a""b") VALUES ('it''s');\n`);
  });
});
