import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Interpreter } from '../../src/engine/interpreter.ts';
import type { Face, OutputEvent } from '../../src/engine/output-event.ts';
import { runnable } from '../../src/sql/runnable.ts';
import { openTestSession, run, testTarget, written } from '../support/open-test-session.ts';
import { describeLines } from './describe/commands.ts';

const database = 'sql_behind';
let interpreter: Interpreter;
let events: OutputEvent[] = [];
/** Rows and tables as texts: batches are lent. */
let shown: string[] = [];

const face: Face = {
  isInteractive: true,
  emit: (event) => {
    events.push(event);
    if (event.type === 'table') shown.push(JSON.stringify(event.table.rows));
    if (event.type === 'server' && event.event.type === 'rows') shown.push(written(event.event));
    return undefined;
  },
  ask: () => Promise.resolve(undefined),
  child: () => Promise.resolve(0),
  terminalColumns: () => 80,
};

beforeAll(async () => {
  const first = await openTestSession();
  await run(first, `create database ${database}`);
  await first.close();
  const session = await openTestSession(testTarget({ database }));
  // Roles belong to the whole server, which other tests share.
  await run(session, readFileSync(join(import.meta.dirname, 'describe/schema.sql'), 'utf8').replaceAll('describe_', 'behind_'));
  interpreter = new Interpreter({
    face,
    programName: 'howdah',
    session,
    connect: async () => ({ ok: true, session: await openTestSession(testTarget({ database })) }),
  });
}, 60_000);

afterAll(async () => {
  await interpreter.close();
  const last = await openTestSession();
  await run(last, `drop database ${database}`);
  await last.close();
});

/** Runs a text; the SQL behind what it showed. */
async function behind(text: string): Promise<readonly string[]> {
  events = [];
  shown = [];
  await interpreter.runText(text, { runRest: true });
  return events.flatMap((event) => {
    if (event.type === 'table' || event.type === 'text') return event.sql;
    return event.type === 'statement' ? [event.input ?? event.sql] : [];
  });
}

const failures = () => events.flatMap((event) => (event.type === 'message' && event.severity === 'error' ? [event.text] : []));
const answers = () => events.filter((event) => event.type === 'server' && event.event.type === 'columns').length;

test('the SQL behind every listing and description runs as it stands', async () => {
  let checked = 0;
  for (const line of describeLines) {
    const sql = await behind(line);
    if (sql.length === 0) continue;
    expect(sql[0]).toContain(`-- ${line}\n`);
    await behind(sql.map(runnable).join('\n\n'));
    expect(failures(), line).toEqual([]);
    expect(answers(), line).toBe(sql.length);
    checked++;
  }
  expect(checked).toBeGreaterThan(100);
}, 60_000);

test.each([
  ['select 1 as a \\; select 2 as b;', 2],
  ["select $1 as a, $2 as b \\bind 'it''s' 'C:\\\\x' \\g", 1],
  ["select 'a' as r, 'b' as c, 1 as v \\crosstabview r c v", 0],
  ['select 1 as a \\gdesc', 1],
  ['\\sf pg_catalog.pg_relation_size(regclass)', 2],
])('that behind %s brings the same again', async (line, columns) => {
  const sql = await behind(line);
  const first = shown;
  await behind(sql.map(runnable).join('\n\n'));
  expect(failures()).toEqual([]);
  expect(answers()).toBe(columns);
  if (!line.startsWith('\\')) expect(shown).toEqual(first);
});

test('a command run by \\i has its own queries, and nothing is behind words alone', async () => {
  expect(await behind('\\echo hello')).toEqual([]);
  expect(await behind('\\dt nothing_there')).toEqual([]);
  expect(await behind('\\echo again')).toEqual([]);
});
