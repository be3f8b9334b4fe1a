import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, DatabaseError } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOnlyVerdict } from '../../src/sql/guard/read-only-verdict.ts';
import { testServer } from '../support/server.ts';
import { corpus } from '../unit/sql/guard/corpus/labelled.ts';
import { alwaysTrue } from '../unit/sql/guard/corpus/templates.ts';
import { alwaysTrueInOtherWords } from '../unit/sql/guard/corpus/unusual-conditions.ts';

const corpusFolder = join(import.meta.dirname, '../unit/sql/guard/corpus');
const { host, port, user } = testServer();
const database = 'guard_labels';

/** The SQLSTATE a text ends with, '' for none, in a transaction that is rolled back. */
async function outcome(client: Client, begin: string, sql: string): Promise<string> {
  await client.query(begin);
  try {
    // psql's separator, as it is sent.
    await client.query(sql.replaceAll('\\;', ';'));
    return '';
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return error.code ?? '';
  } finally {
    await client.query('rollback; deallocate all; reset role; reset all');
  }
}

let client: Client;

beforeAll(async () => {
  const maintenance = new Client({ host, port, user, database: 'postgres' });
  await maintenance.connect();
  await maintenance.query(`create database ${database}`);
  await maintenance.end();
  client = new Client({ host, port, user, database });
  await client.connect();
  await client.query(readFileSync(join(corpusFolder, 'schema.sql'), 'utf8'));
});

afterAll(async () => {
  await client.query('drop owned by reader, writer; drop role reader, writer');
  await client.end();
});

const readOnly = 'begin read only; select 1';
// What is refused before it is sent is not tried: the server would let it pass.
const tried = corpus().filter((entry) => readOnlyVerdict(entry.sql).allowed);

describe('the labels of the guard corpus, asked of a server', () => {
  test('every statement is one PostgreSQL can read', async () => {
    const broken: string[] = [];
    for (const { sql, write } of tried) {
      if (write !== '-' && (await outcome(client, readOnly, sql)) === '42601') broken.push(sql);
    }
    expect(broken).toEqual([]);
  });

  test('what does not write runs in a READ ONLY transaction', async () => {
    const failed: string[] = [];
    for (const { sql, write } of tried) {
      const code = write === 'no' ? await outcome(client, readOnly, sql) : '';
      if (code !== '') failed.push(`${code}: ${sql}`);
    }
    expect(failed).toEqual([]);
  });

  test('what writes is stopped there, or refused before it is sent', async () => {
    const passed: string[] = [];
    for (const { sql, write } of tried) {
      const code = write === 'yes' ? await outcome(client, readOnly, sql) : '25006';
      if (code !== '25006') passed.push(`${code}: ${sql}`);
    }
    expect(passed).toEqual([]);
  });

  test('the conditions called always true leave no row out', async () => {
    const narrowing: string[] = [];
    for (const condition of [...alwaysTrue, ...alwaysTrueInOtherWords]) {
      const { rows } = await client.query(`select count(*) as rows from orders where not coalesce((${condition}), false)`);
      if (rows[0].rows !== '0') narrowing.push(condition);
    }
    expect(narrowing).toEqual([]);
  });
});
