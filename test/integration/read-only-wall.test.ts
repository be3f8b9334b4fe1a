import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, DatabaseError } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOnlyVerdict } from '../../src/sql/guard/read-only-verdict.ts';
import { splitInput } from '../../src/sql/split.ts';
import { testServer } from '../support/server.ts';
import { attemptFiles, readOnlyAttempts } from '../unit/sql/guard/corpus/read-only-attempts.ts';

const { host, port, user } = testServer();
const database = 'read_only_wall';
const schema = readFileSync(join(import.meta.dirname, '../unit/sql/guard/corpus/schema.sql'), 'utf8').replace(/^create role .*$/gm, '');

let client: Client;

beforeAll(async () => {
  const maintenance = new Client({ host, port, user, database: 'postgres' });
  await maintenance.connect();
  await maintenance.query(`create database ${database}`);
  await maintenance.end();
  client = new Client({ host, port, user, database });
  await client.connect();
  await client.query(schema);
  // Its statistics would look like traces.
  await client.query(`do $$ declare r record; begin
    for r in select oid::regclass as name from pg_class where relkind in ('r', 'm') and relnamespace in ('public'::regnamespace, 'audit'::regnamespace)
    loop execute format('alter table %s set (autovacuum_enabled = off)', r.name); end loop; end $$`);
});

afterAll(async () => {
  await client.end();
});

/** All rows of all tables, the sequences, the catalog's size, large objects and the locks kept: what an attempt could leave behind. The server is shared. */
async function fingerprint(): Promise<string> {
  const { rows } = await client.query(`
    select string_agg(x, chr(10) order by x) as text from (
      select relname || md5(query_to_xml(format('select * from %I.%I', nspname, relname), true, false, '')::text)
        from pg_class join pg_namespace n on n.oid = relnamespace where relkind in ('r', 'm', 'S') and nspname in ('public', 'audit')
      union all select relname || relfilenode || relpages from pg_class where relnamespace = 'public'::regnamespace
      union all select 'columns ' || count(*) from pg_attribute
      union all select 'acl ' || coalesce(relacl::text, '') from pg_class where relname = 'orders'
      union all select 'large objects ' || count(*) from pg_largeobject_metadata
      union all select 'advisory ' || count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
      union all select 'slots ' || count(*) from pg_replication_slots where slot_name = 'x'
      union all select 'roles ' || count(*) from pg_roles where rolname = 'written'
    ) t (x)`);
  return rows[0].text;
}

/** The texts a script sends, as far as they stand in it: what \i reads is read in its place. */
function sentBy(script: string): readonly string[] {
  return splitInput(script).flatMap(({ start, end, kind }) => {
    const text = script.slice(start, end);
    if (kind === 'sql') return [text.replace(/\s*\\(?:g|gexec|gset|gdesc|watch|bind|parse)\b.*$/s, '').replaceAll('\\;', ';')];
    const file = /^\\(?:i|ir|e)\s+(\S+)/.exec(text)?.[1] ?? '';
    return sentBy(attemptFiles[file] ?? '');
  });
}

/** As a read-only profile does: refused by its text, or run in a READ ONLY transaction that has its snapshot. */
async function attempt(text: string): Promise<void> {
  const standardStrings = (await client.query('show standard_conforming_strings')).rows[0].standard_conforming_strings === 'on';
  if (!readOnlyVerdict(text, { standardStrings }).allowed) return;
  await client.query('begin transaction read only; select 1');
  try {
    await client.query(text);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
  }
  // Where a text gets out of its transaction, this is the harm done.
  await client.query('commit');
}

test('no attempt to write through a READ ONLY transaction and the verdicts leaves a trace', async () => {
  const attempts = readOnlyAttempts();
  expect(attempts.length).toBeGreaterThanOrEqual(300);
  let before = await fingerprint();
  const succeeded: string[] = [];
  for (const { name, script } of attempts) {
    for (const text of sentBy(script)) await attempt(text);
    await client.query('discard all');
    const after = await fingerprint();
    if (after !== before) succeeded.push(name);
    before = after;
  }
  expect(succeeded).toEqual([]);
});

test('a write that gets through would be seen', async () => {
  const before = await fingerprint();
  await client.query("update orders set note = 'seen' where id = 1");
  expect(await fingerprint()).not.toBe(before);
});
