import { expect, test } from 'vitest';
import { emptyCatalog } from '../../../src/catalog/completion-snapshot.ts';
import type { ServerError } from '../../../src/result/server-error.ts';
import { untrusted } from '../../../src/text/untrusted.ts';
import { suggestionFor } from '../../../src/workbench/suggestion.ts';

const relation = (schema: string, name: string, isVisible = true) => ({ schema, name, isVisible, kind: 'r', oid: '1', columns: [] });
const callable = (schema: string, name: string) => ({ schema, name, isVisible: true, kind: 'f', arguments: '' });
const catalog = {
  ...emptyCatalog,
  relations: [
    relation('public', 'users'),
    relation('public', 'Odd Name'),
    relation('sales', 'orders', false),
    relation('pg_catalog', 'pg_class'),
  ],
  functions: [callable('pg_catalog', 'lower'), callable('public', 'fee_of')],
};

/** The statement with its suggestion made, `~` where the server points. */
function fixed(sql: string, code: string, hint?: string): string | undefined {
  const at = sql.indexOf('~');
  const text = sql.replace('~', '');
  const error: ServerError = {
    severity: untrusted('ERROR'),
    severityCode: untrusted('ERROR'),
    code: untrusted(code),
    message: untrusted('no'),
    ...(hint === undefined ? {} : { hint: untrusted(hint) }),
  };
  const found = suggestionFor(error, text, at, catalog);
  return found && text.slice(0, found.from) + found.text + text.slice(found.to);
}

test.each([
  // a near name, as the catalog spells it
  ['select * from ~user u', '42P01', undefined, 'select * from users u'],
  ['select * from ~usres', '42P01', undefined, 'select * from users'],
  ['select * from ~"odd name"', '42P01', undefined, 'select * from "Odd Name"'],
  ['select * from ~public.user', '42P01', undefined, 'select * from public.users'],
  // the right name of a schema that is not on the path
  ['select * from ~orders', '42P01', undefined, 'select * from sales.orders'],
  ['select * from ~pg_clas', '42P01', undefined, 'select * from pg_class'],
  ['select * from ~nothing_like_it', '42P01', undefined, undefined],
  ['select ~lowr(a)', '42883', undefined, 'select lower(a)'],
  ['select ~fe_of(a)', '42883', undefined, 'select fee_of(a)'],
  ['select ~lower(1)', '42883', undefined, undefined],
  // the server's own hint
  ['select ~emial from users u', '42703', 'Perhaps you meant to reference the column "u.email".', 'select email from users u'],
  ['select ~u.emial from users u', '42703', 'Perhaps you meant to reference the column "u.email".', 'select u.email from users u'],
  ['select ~Mail from users u', '42703', 'Perhaps you meant to reference the column "u.E Mail".', 'select "E Mail" from users u'],
  ['select ~a from t, s', '42703', 'Perhaps you meant to reference the column "t.aa" or the column "s.ab".', 'select aa from t, s'],
  ['select ~users.email from users u', '42P01', 'Perhaps you meant to reference the table alias "u".', 'select u.email from users u'],
  ['select ~emial from users u', '42703', undefined, undefined],
])('%s, %s', (sql, code, hint, wanted) => {
  expect(fixed(sql, code, hint)).toBe(wanted);
});
