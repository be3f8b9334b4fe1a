import { describe, expect, test } from 'vitest';
import { excerpt, formatServerMessage } from '../../../src/engine/server-message.ts';
import type { ServerError } from '../../../src/result/server-error.ts';
import { untrusted } from '../../../src/text/untrusted.ts';

const error: ServerError = {
  severity: untrusted('ERROR'),
  severityCode: untrusted('ERROR'),
  code: untrusted('42703'),
  message: untrusted('column "b" does not exist'),
  detail: untrusted('d'),
  hint: untrusted('h'),
  where: untrusted('w'),
  position: 8,
  file: untrusted('f.c'),
  line: untrusted('12'),
  routine: untrusted('r'),
};

describe('the wording of a server message', () => {
  test.each([
    ['default', 'errors', 'ERROR:  column "b" does not exist\nLINE 1: select b\n               ^\nDETAIL:  d\nHINT:  h\nCONTEXT:  w\n'],
    ['default', 'never', 'ERROR:  column "b" does not exist\nLINE 1: select b\n               ^\nDETAIL:  d\nHINT:  h\n'],
    ['terse', 'errors', 'ERROR:  column "b" does not exist at character 8\n'],
    ['sqlstate', 'errors', 'ERROR:  42703\n'],
    [
      'verbose',
      'never',
      'ERROR:  42703: column "b" does not exist\nLINE 1: select b\n               ^\nDETAIL:  d\nHINT:  h\nLOCATION:  r, f.c:12\n',
    ],
  ] as const)('%s, context %s', (verbosity, showContext, expected) => {
    expect(formatServerMessage(error, verbosity, showContext, 'select b')).toBe(expected);
  });

  test('a notice shows no context unless asked always', () => {
    const notice = { ...error, severity: untrusted('NOTICE'), severityCode: untrusted('NOTICE') };
    expect(formatServerMessage(notice, 'default', 'errors', undefined)).not.toContain('CONTEXT');
    expect(formatServerMessage(notice, 'default', 'always', undefined)).toContain('CONTEXT:  w\n');
  });
});

// Recorded from psql 15.18.
describe('the excerpt', () => {
  test.each([
    ['select\n  bogus\nfrom t', 10, 'LINE 2:   bogus\n          ^\n'],
    ['select\tx', 8, 'LINE 1: select x\n               ^\n'],
    ["select '\u0001e\u0301', x", 14, "LINE 1: select '\u0001e\u0301', x\n                     ^\n"],
    ["select '日本', x", 14, "LINE 1: select '日本', x\n                       ^\n"],
  ])('%j at %i', (sql, position, expected) => {
    expect(excerpt(sql, position)).toBe(expected);
  });

  test('a long line is shown through a window of 60 columns', () => {
    const sql = `select ${'a, '.repeat(40)}bogus, ${'b, '.repeat(40)}c`;
    const [line = '', caret = ''] = excerpt(sql, sql.indexOf('bogus') + 1).split('\n');
    expect(line).toMatch(/^LINE 1: \.\.\..*\.\.\.$/);
    expect(line.length - 'LINE 1: ......'.length).toBe(60);
    expect(line.slice(caret.length - 1)).toMatch(/^bogus/);
  });
});
