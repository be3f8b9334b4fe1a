import { expect, test } from 'vitest';
import { parseSnippet } from '../../../src/snippets/parse-snippet.ts';

const front = [
  '-- title: A title',
  '-- topic: crud',
  '-- words: one  two',
  '-- database: vendorpay',
  '-- needs: any',
  '-- changes: no',
  '-- why: First half,',
  '--   second half: with a colon.',
];
const file = (lines: readonly string[], body = 'select 1\n  from {{table: t}};\n-- a comment: of the SQL\n') =>
  `${lines.join('\n')}\n${body}`;

test('front matter, a field over two lines, and the SQL with its own comments', () => {
  expect(parseSnippet('name', file(front))).toEqual({
    ok: true,
    snippet: {
      name: 'name',
      title: 'A title',
      topic: 'crud',
      words: ['one', 'two'],
      database: 'vendorpay',
      needs: 'any',
      changesData: false,
      why: 'First half, second half: with a colon.',
      body: 'select 1\n  from {{table: t}};\n-- a comment: of the SQL',
      slots: [{ text: '{{table: t}}', kind: 'table', type: undefined, fallback: 't' }],
    },
  });
});

test('Windows line ends make no difference', () => {
  expect(parseSnippet('name', file(front).replaceAll('\n', '\r\n'))).toEqual(parseSnippet('name', file(front)));
});

test.each([
  [file(front.slice(1)), 'name: no title in front of the SQL'],
  [file(front.slice(0, -2)), 'name: no why in front of the SQL'],
  [file([...front, '-- colour: red']), 'name: unknown field colour'],
  [file(front.map((line) => line.replace('needs: any', 'needs: luck'))), 'name: needs is any or server, not luck'],
  [file(front.map((line) => line.replace('changes: no', 'changes: some'))), 'name: changes is yes or no, not some'],
  [file(front, ' \n'), 'name: no SQL after the comment block'],
  ['', 'name: no title in front of the SQL'],
])('%# a bad file says what is wrong', (text, problem) => {
  expect(parseSnippet('name', text)).toEqual({ ok: false, problem });
});
