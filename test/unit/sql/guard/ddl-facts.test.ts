import { expect, test } from 'vitest';
import { ddlFacts } from '../../../../src/sql/guard/ddl-facts.ts';

// What a server cannot be asked in a transaction, and what other versions do; the rest is compared with a server.
test.each([
  ['create index concurrently on a (b)', 180000, 'ShareUpdateExclusive', 'no'],
  ['drop index concurrently a', 180000, 'ShareUpdateExclusive', 'no'],
  ['reindex (concurrently) table a', 180000, 'ShareUpdateExclusive', 'no'],
  ['reindex table concurrently a', 180000, 'ShareUpdateExclusive', 'no'],
  ['vacuum a', 180000, 'ShareUpdateExclusive', 'no'],
  ['vacuum (full, analyze) a', 180000, 'AccessExclusive', 'yes'],
  ['vacuum (full off) a', 180000, 'ShareUpdateExclusive', 'no'],
  ['alter table a detach partition b concurrently', 180000, 'ShareUpdateExclusive', 'no'],
  ['alter table a attach partition b default', 110000, 'AccessExclusive', 'no'],
  ['alter index a rename to b', 110000, 'AccessExclusive', 'no'],
  ['alter table a add b int default 1', 100000, 'AccessExclusive', 'yes'],
  ['alter table a add b int default 1', 110000, 'AccessExclusive', 'no'],
  ['alter table a add b int default null', 100000, 'AccessExclusive', 'no'],
  ['alter table a add b uuid default gen_random_uuid()', 180000, 'AccessExclusive', 'depends'],
  ['alter table a alter b type bigint', 180000, 'AccessExclusive', 'depends'],
  ['alter table a set tablespace t', 180000, 'AccessExclusive', 'yes'],
  ['alter table a set access method heap2', 180000, 'AccessExclusive', 'yes'],
  ['alter table a validate constraint b, alter c set statistics 5', 180000, 'ShareUpdateExclusive', 'no'],
  ['alter table a alter b set statistics 5, alter c type text', 180000, 'AccessExclusive', 'depends'],
])('%s (%i)', (sql, version, lock, rewrites) => {
  expect(ddlFacts(sql, version)).toMatchObject({ lock, rewrites });
});

test.each(['create table a (b int)', 'create role r', 'set work_mem = 1', 'create function f() returns int', ''])(
  '%s locks no table there is',
  (sql) => {
    expect(ddlFacts(sql)).toBeUndefined();
  },
);
