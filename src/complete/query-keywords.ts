import type { Clause } from './query-context.ts';

/** Words an operand may begin with. */
export const operandKeywords = 'CASE NOT NULL TRUE FALSE EXISTS CAST( ARRAY[ CURRENT_DATE CURRENT_TIMESTAMP CURRENT_USER INTERVAL'.split(
  ' ',
);
const operators = 'AND OR IS+NULL IS+NOT+NULL IN+( NOT+IN+( LIKE ILIKE BETWEEN COLLATE'.split(' ').map(words);
const afterFrom =
  'JOIN LEFT+JOIN INNER+JOIN RIGHT+JOIN FULL+JOIN CROSS+JOIN NATURAL+JOIN LATERAL ON USING+( AS WHERE GROUP+BY HAVING ORDER+BY LIMIT OFFSET FETCH+FIRST FOR+UPDATE FOR+SHARE UNION INTERSECT EXCEPT WINDOW TABLESAMPLE'
    .split(' ')
    .map(words);
const afterWhere = 'GROUP+BY HAVING ORDER+BY LIMIT OFFSET UNION INTERSECT EXCEPT RETURNING FOR+UPDATE'.split(' ').map(words);

/** What may follow an operand, clause by clause. */
export const following: Readonly<Record<Clause, readonly string[]>> = {
  select: ['FROM', 'AS', 'INTO', 'OVER (', 'FILTER (', ...operators, 'WHERE', 'END', 'WHEN', 'THEN', 'ELSE'],
  from: [...afterFrom, 'SET', 'RETURNING'],
  'join-condition': [...operators, ...afterFrom.filter((word) => word !== 'ON' && word !== 'AS')],
  'join-columns': [],
  where: [...operators, ...afterWhere],
  group: ['HAVING', 'ORDER BY', 'LIMIT', 'UNION'],
  order: ['ASC', 'DESC', 'NULLS FIRST', 'NULLS LAST', 'LIMIT', 'OFFSET', 'FETCH FIRST', 'FOR UPDATE', 'USING'],
  having: [...operators, 'ORDER BY', 'LIMIT', 'UNION'],
  limit: ['OFFSET', 'LIMIT', 'FOR UPDATE'],
  insert: ['VALUES', 'SELECT', 'DEFAULT VALUES', 'OVERRIDING', 'TABLE', 'AS', '('],
  into: ['FROM', 'USING'],
  'insert-columns': [],
  update: ['SET', 'AS'],
  set: ['=', 'FROM', 'WHERE', 'RETURNING', ...operators],
  values: ['ON CONFLICT', 'RETURNING', 'ORDER BY', 'LIMIT', 'UNION'],
  returning: ['AS', 'INTO'],
  with: ['AS (', 'AS MATERIALIZED (', 'SELECT', 'INSERT INTO', 'UPDATE', 'DELETE FROM', 'MERGE INTO'],
};

/** The second words of key words of two. */
export const seconds: Readonly<Record<string, readonly string[]>> = {
  LEFT: ['JOIN', 'OUTER JOIN'],
  RIGHT: ['JOIN', 'OUTER JOIN'],
  FULL: ['JOIN', 'OUTER JOIN'],
  INNER: ['JOIN'],
  CROSS: ['JOIN'],
  NATURAL: ['JOIN'],
  OUTER: ['JOIN'],
  GROUP: ['BY'],
  ORDER: ['BY'],
  PARTITION: ['BY'],
  INSERT: ['INTO'],
  MERGE: ['INTO'],
  DELETE: ['FROM'],
  IS: ['NULL', 'NOT NULL', 'DISTINCT FROM', 'NOT DISTINCT FROM', 'TRUE', 'FALSE', 'UNKNOWN'],
  NULLS: ['FIRST', 'LAST'],
  FOR: ['UPDATE', 'SHARE', 'NO KEY UPDATE', 'KEY SHARE'],
  CONFLICT: ['DO NOTHING', 'DO UPDATE SET', '('],
  DO: ['NOTHING', 'UPDATE SET'],
  UNION: ['ALL', 'SELECT', 'VALUES'],
  INTERSECT: ['ALL', 'SELECT', 'VALUES'],
  EXCEPT: ['ALL', 'SELECT', 'VALUES'],
};

function words(text: string): string {
  return text.replaceAll('+', ' ');
}
