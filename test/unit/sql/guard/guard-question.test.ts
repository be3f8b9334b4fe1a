import { describe, expect, test } from 'vitest';
import { assess } from '../../../../src/sql/guard/assess.ts';
import { type GuardPolicy, guardQuestion } from '../../../../src/sql/guard/guard-question.ts';

function question(sql: string, environment: GuardPolicy['environment'] = 'development') {
  return guardQuestion(assess(sql), { environment });
}

describe('guardQuestion', () => {
  test.each([
    ['delete from orders', 'DELETE without WHERE deletes every row of orders.'],
    ['update Orders set a = 1 where true', 'The WHERE of this UPDATE is always true: it updates every row of orders.'],
    ['with g as (delete from a returning 1) select 1', 'Inside WITH: DELETE without WHERE deletes every row of a.'],
    ['explain analyze delete from a', 'Run by EXPLAIN ANALYZE: DELETE without WHERE deletes every row of a.'],
    ['do $$ begin delete from a; end $$', 'Inside DO: DELETE without WHERE deletes every row of a.'],
    ['truncate a, "B" cascade', 'TRUNCATE empties a, "B", and every table that refers to it.'],
    ['drop materialized view if exists m', 'DROP removes the materialized view m.'],
    ['drop schema s cascade', 'DROP removes the schema s, and all that depends on it.'],
    ['drop owned by r', 'DROP OWNED drops everything in this database that r owns, and takes back what was granted to it.'],
    [
      'alter table a drop column b cascade',
      'ALTER … DROP removes the column b of table a with all its values, and all that depends on it.',
    ],
    ['alter table a drop constraint c', 'ALTER … DROP removes the constraint c of table a.'],
    ['grant select on a to public', 'GRANT select on a TO PUBLIC lets every role of the server do it.'],
    ["copy a to program 'rm x'", "COPY runs a program on the server, as the server's own user: rm x"],
    [
      'merge into a using b on a.x = b.x when not matched by source then delete',
      'MERGE … NOT MATCHED BY SOURCE: every row of a that the source lacks is deleted.',
    ],
    ['delete from a; drop table b', 'DELETE without WHERE deletes every row of a. 1 more part of this text would be asked about too.'],
  ])('%s', (sql, why) => {
    expect(question(sql)?.why).toBe(why);
    expect(question(sql)?.severity).toBe('ask');
  });

  test.each([
    ['drop table Public."Orders"', 'public."Orders"'],
    ['truncate a, b', 'a, b'],
    ['delete from orders', 'orders'],
    ['alter table a drop b', 'b'],
  ])('on production the name is typed: %s', (sql, name) => {
    expect(question(sql, 'production')).toMatchObject({ severity: 'type-name', name });
  });

  test('on production the question whose name is typed comes first', () => {
    expect(question('grant select on a to public; drop table b', 'production')).toMatchObject({ severity: 'type-name', name: 'b' });
  });

  test('a name put together at run time is not asked for', () => {
    const asked = question("do $$ begin execute format('drop table %I', x); end $$", 'production');
    expect(asked?.severity).toBe('ask');
    expect(asked?.name).toBeUndefined();
  });

  test.each([
    ['call p()', 'CALL runs p, which may write and commit.'],
    ['execute p', 'EXECUTE runs p, a prepared statement whose text is not known here.'],
    ['do language plperl $$ x $$', 'This DO block runs what its text does not show.'],
    ['select pg_terminate_backend(1)', 'This calls pg_terminate_backend, which ends another session.'],
    ["alter system set work_mem = '1GB'", 'ALTER SYSTEM changes work_mem for the whole server.'],
    ["copy a to '/tmp/x'", 'COPY overwrites the file /tmp/x on the server.'],
  ])('only on production: %s', (sql, why) => {
    expect(question(sql, 'production')?.why).toBe(why);
    expect(question(sql, 'staging')).toBeUndefined();
  });

  test('temporary tables of the session are nobody else’s loss', () => {
    const policy: GuardPolicy = { environment: 'production', isOwn: (name) => name.normalized === 'scratch' };
    for (const sql of [
      'drop table scratch',
      'delete from Scratch',
      'truncate scratch',
      'alter table scratch drop x',
      'update scratch set a = 1',
    ])
      expect(guardQuestion(assess(sql), policy)).toBeUndefined();
    expect(guardQuestion(assess('drop table scratch, orders'), policy)?.name).toBe('orders');
  });
});
