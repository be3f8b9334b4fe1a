import { afterAll, beforeAll, expect, test } from 'vitest';
import { probeServer } from '../../src/engine/server-probe.ts';
import { SideSession } from '../../src/engine/side-session.ts';
import type { Session } from '../../src/server/session.ts';
import { refusedOnStandby } from '../../src/sql/guard/standby-refusal.ts';
import { type NativeServer, startNativeServer } from '../support/native-server.ts';
import { openTestSession, run, targetOf } from '../support/open-test-session.ts';
import { startStandby } from '../support/standby.ts';

let primary: NativeServer;
let standby: NativeServer;
let session: Session;

beforeAll(async () => {
  primary = await startNativeServer({ settings: ['max_connections=200', 'max_prepared_transactions=10'] });
  const writer = await openTestSession(targetOf(primary));
  await run(
    writer,
    'create table t (i int primary key); insert into t values (1); create sequence s; create materialized view m as select 1',
  );
  await writer.close();
  standby = await startStandby(primary);
  session = await openTestSession(targetOf(standby));
});

afterAll(async () => {
  await session?.close();
  await standby?.stop();
  await primary.stop();
});

const written = [
  'insert into t values (2)',
  'update t set i = 2',
  'delete from t',
  'merge into t using t u on t.i = u.i when matched then delete',
  'with gone as (delete from t returning 1) select count(*) from gone',
  'explain analyze delete from t',
  'select * from t for update',
  'select * from t for key share',
  'truncate t',
  'drop table t',
  'drop table if exists none',
  'alter table t add j int',
  'alter table t drop column i',
  'create table u (i int)',
  'create temporary table u (i int)',
  'select 1 into u',
  'create view v as select 1',
  'comment on table t is $$x$$',
  'grant select on t to public',
  'revoke select on t from public',
  'begin; lock table t',
  'begin; lock table t in share mode',
  'refresh materialized view m',
  'vacuum t',
  'analyze t',
  'reindex table t',
  'cluster t using t_pkey',
  "select nextval('s')",
  "select setval('s', 1)",
  'copy t from stdin',
  'begin read write',
  "begin; prepare transaction 'x'",
  "commit prepared 'x'",
  'listen x',
  'notify x',
];

const read = [
  'select * from t',
  'table t',
  'explain delete from t',
  'explain analyze select 1',
  'begin isolation level repeatable read, read only; select 1',
  'begin; savepoint a; rollback to a; release a',
  'begin; lock table t in access share mode',
  'begin; lock table t in row exclusive mode',
  'copy t to stdout',
  'declare c cursor with hold for select 1; fetch all from c; close c',
  "set work_mem = '1MB'; reset work_mem",
  'select pg_advisory_lock(1), pg_advisory_unlock(1)',
  'prepare p as select 1; execute p; deallocate p',
  'do $$ begin if false then delete from t; end if; end $$',
  'discard temp',
  'unlisten x',
  'checkpoint',
  'select pg_cancel_backend(0) where false',
  'show all',
];

test('what is refused before it is sent the standby refuses too', async () => {
  const wrong: string[] = [];
  for (const sql of written) {
    if (refusedOnStandby(sql) === undefined) wrong.push(`${sql} is sent`);
    const answer = await run(session, sql);
    if (!answer.some((text) => text.startsWith('error'))) wrong.push(`${sql} works`);
    await run(session, 'rollback');
  }
  expect(wrong).toEqual([]);
});

test('what it runs is sent', async () => {
  const wrong: string[] = [];
  for (const sql of read) {
    const refused = refusedOnStandby(sql);
    if (refused !== undefined) wrong.push(`${sql} is refused for ${refused}`);
    const answer = await run(session, sql);
    const error = answer.find((text) => text.startsWith('error'));
    if (error !== undefined) wrong.push(`${sql}: ${error}`);
    await run(session, 'rollback');
  }
  expect(wrong).toEqual([]);
});

test('a standby is known as one, and no more once it is promoted', async () => {
  const side = new SideSession({
    session: () => session,
    open: async () => ({ ok: true, session: await openTestSession(targetOf(standby)) }),
  });
  const probe = () => probeServer({ side, open: () => undefined }, session);
  expect(await probe()).toEqual({ isStandby: true, isSeen: true, pooling: 'none' });
  expect(session.parameters.get('in_hot_standby')).toBe('on');
  await run(await openTestSession(targetOf(standby)), 'select pg_promote(true, 30)');
  expect(await probe()).toMatchObject({ isStandby: false });
  await run(session, 'select 1');
  expect(session.parameters.get('in_hot_standby')).toBe('off');
  await side.forget();
});
