import { expect, test } from 'vitest';
import { dynamicTexts } from '../../../../src/sql/guard/dynamic-text.ts';
import { sqlTokens } from '../../../../src/sql/guard/tokens.ts';

test.each<[expression: string, ...texts: string[]]>([
  ["'drop table a'", 'drop table a'],
  ["('del' || 'ete from a')", 'delete from a'],
  ["'delete from ' || quote_ident(t) || ' where id = ' || 3", 'delete from …t where id = 3'],
  ["'delete from ' || quote_ident('A') || '.' || quote_ident(r.name)", 'delete from "A".…r_name'],
  ["'analyze ' || (t)::regclass", 'analyze …t_regclass'],
  ["'truncate ' || t", '? truncate …t'],
  ['sql', '? …sql'],
  ["format('drop table %I.%I', s, t)", 'drop table …s.…t'],
  ["pg_catalog.format('%2$I %1$-9I %I %% %*I', a, 'B c', 3, d)", '"B c" …a "B c" % …d'],
  ["format('delete from a where b = %s', 1)", 'delete from a where b = 1'],
  ["format('delete from a where %s', c)", '? delete from a where …c'],
  ["format('table %s', t::regclass)", 'table …t_regclass'],
  ["format('delete from %I', t) || ' where id = 1'", 'delete from …t where id = 1'],
  ["format('do %L', format('begin truncate %I; end', t))", "do 'begin truncate …t; end'"],
  ["format('copy a to %L', f)", 'copy a to …f'],
  ['format(f, t)', '? …format_f_t'],
  ["concat('truncate ', quote_ident(t))", 'truncate …t'],
  ["concat_ws(' ', 'delete', 'from', t)", '? delete from …t'],
  ["'delete from a' || coalesce(' where ' || c, '')", '? delete from a where …c', 'delete from a'],
  ["case when x then 'truncate a' when y then 'analyze a' else z end", 'truncate a', 'analyze a', '? …z'],
])('%s', (expression, ...texts) => {
  const found = dynamicTexts(sqlTokens(expression)).map(({ text, isKnown }) => (isKnown ? text : `? ${text}`));
  expect(found).toEqual(texts);
});

test('choices do not multiply without end', () => {
  const choice = "case when a then 'b' else 'c' end";
  expect(dynamicTexts(sqlTokens(Array(30).fill(choice).join(' || ')))).toHaveLength(16);
});
