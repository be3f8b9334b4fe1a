import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CompletionCatalog, completionSnapshot } from '../../src/catalog/completion-snapshot.ts';
import { complete } from '../../src/complete/complete.ts';
import { cellBytes } from '../../src/result/row-batch.ts';
import type { Session } from '../../src/server/session.ts';
import { openTestSession, run } from '../support/open-test-session.ts';

let session: Session;
let catalog: CompletionCatalog;

async function rowsOf(sql: string): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  for await (const event of session.run({ sql })) {
    if (event.type === 'error') throw new Error(`${event.error.message} in ${sql}`);
    if (event.type !== 'rows') continue;
    for (let row = 0; row < event.batch.rowCount; row++) {
      rows.push(Array.from({ length: event.batch.columnCount }, (_, column) => cellBytes(event.batch, row, column)?.toString() ?? null));
    }
  }
  return rows;
}

beforeAll(async () => {
  session = await openTestSession();
  await run(
    session,
    `create schema completing; set search_path to completing, public;
     create table parents (id int primary key, "Odd name" text);
     create table children (id bigint, parent int constraint child_of references parents, unique (id));
     create type completing.signal as enum ('go', 'it''s', 'stop');
     create function completing.twice(n int) returns int language sql as 'select $1 * 2'`,
  );
  // An operator that a careless query would find first.
  await run(session, `create operator completing.= (leftarg = oid, rightarg = oid, function = pg_catalog.oidne)`);
  await run(session, 'set search_path to completing, pg_catalog');
  const work = completionSnapshot(session.versionNumber);
  let step = work.next();
  while (step.done !== true) step = work.next({ columns: [], rows: await rowsOf(step.value) });
  catalog = step.value;
});

afterAll(async () => {
  await run(session, 'reset search_path; drop schema completing cascade');
  await session.close();
});

test('a snapshot holds what completion needs, whatever operators the search path has', () => {
  const parents = catalog.relations.find((one) => one.schema === 'completing' && one.name === 'parents');
  expect(parents).toMatchObject({
    kind: 'r',
    isVisible: true,
    columns: [
      { name: 'id', type: 'integer' },
      { name: 'Odd name', type: 'text' },
    ],
  });
  expect(catalog.types).toContainEqual({
    schema: 'completing',
    name: 'signal',
    kind: 'e',
    isVisible: true,
    labels: ['go', "it's", 'stop'],
  });
  expect(catalog.types).toContainEqual(expect.objectContaining({ schema: 'pg_catalog', name: 'bigint' }));
  expect(catalog.functions).toContainEqual({ schema: 'completing', name: 'twice', kind: 'f', isVisible: true, arguments: 'n integer' });
  expect(catalog.foreignKeys).toContainEqual(
    expect.objectContaining({ columns: ['parent'], referencedColumns: ['id'], referenced: parents?.oid }),
  );
  expect(catalog.parts).toContainEqual(expect.objectContaining({ kind: 'constraint', name: 'child_of' }));
  expect(catalog.settings).toContainEqual({
    name: 'IntervalStyle',
    type: 'enum',
    values: ['postgres', 'postgres_verbose', 'sql_standard', 'iso_8601'],
  });
  expect(catalog.timeZones).toContain('America/New_York');
  expect(catalog.globals).toContainEqual({ kind: 'schema', name: 'completing' });
});

test('and completes with it', () => {
  const text = 'select * from children c join parents p on ';
  const request = { text, cursor: text.length, catalog, commands: [], variables: [], keywordCase: 'preserve-upper' as const };
  expect(complete(request).candidates[0]).toEqual({ text: 'p.id = c.parent', kind: 'condition' });
});
