import { expect, test } from 'vitest';
import { parseCopy } from '../../../src/commands/copy.ts';

test.each([
  ['t from stdin', { before: ' t', isFrom: true, stream: { type: 'inline' }, after: '' }],
  ['public.t (a, b) to stdout csv', { before: ' public.t ( a, b )', isFrom: false, stream: { type: 'inline' }, after: 'csv' }],
  ["t from 'a b.csv' with (header)", { before: ' t', isFrom: true, stream: { type: 'file', path: 'a b.csv' }, after: 'with (header)' }],
  ["t to program 'gzip'", { before: ' t', isFrom: false, stream: { type: 'program', command: 'gzip' }, after: '' }],
  ['(select f(0.5) from t) to stdout', { before: ' ( select f ( 0.5 ) from t )', isFrom: false, stream: { type: 'inline' }, after: '' }],
  ['t from stdin  csv;\r', { before: ' t', isFrom: true, stream: { type: 'inline' }, after: ' csv;\r' }],
  ['t from x;y', { before: ' t', isFrom: true, stream: { type: 'file', path: 'x' }, after: ';y' }],
  ["t to 'it''s'x", { before: ' t', isFrom: false, stream: { type: 'file', path: "it's" }, after: 'x' }],
  ["(select E'\\')') to stdout", { before: " ( select E'\\')' )", isFrom: false, stream: { type: 'inline' }, after: '' }],
  ['binary t to pstdout', { before: 'binary t', isFrom: false, stream: { type: 'standard' }, after: '' }],
  ['t from pstdin', { before: ' t', isFrom: true, stream: { type: 'standard' }, after: '' }],
])('\\copy %s', (line, command) => {
  expect(parseCopy(line)).toEqual({ ok: true, command });
});

test.each([
  ['', '\\copy: arguments required'],
  ['t foo', '\\copy: parse error at "foo"'],
  ['t', '\\copy: parse error at end of line'],
  ['t from program ls', '\\copy: parse error at "ls"'],
  ["(select ')", '\\copy: parse error at end of line'],
])('\\copy %j is refused', (line, text) => {
  expect(parseCopy(line)).toEqual({ ok: false, text });
});
