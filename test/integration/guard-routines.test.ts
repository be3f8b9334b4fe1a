import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AsideQuery } from '../../src/engine/aside.ts';
import { assessWithRoutines, type RoutinePlace } from '../../src/engine/routine-lookup.ts';
import type { Session } from '../../src/server/session.ts';
import { undoLimits } from '../../src/sql/guard/undo-limits.ts';
import { askedAbout, harmless, lost, onProduction, routineSchema } from '../support/guarded-routines.ts';
import { openTestSession, testTarget } from '../support/open-test-session.ts';
import { openVendorpay } from '../support/practice.ts';
import { cells, type Rehearser, rehearser } from '../support/rehearsals.ts';

const database = 'guard_routines';

describe.each([
  ['on the server', onServer],
  ['on the embedded engine', async () => (await openVendorpay()).session],
] as const)('%s', (place, open) => {
  let subject: Rehearser;

  beforeAll(async () => {
    subject = rehearser(await open());
    const own = place === 'on the server' ? '' : 'create schema guarded; set search_path = guarded;';
    await subject.interpreter.runText(`${own}${routineSchema(subject.session.versionNumber)}`);
    expect(subject.said).toEqual([]);
  });

  afterAll(async () => {
    await subject.interpreter.close();
  });

  test('what a routine takes away is asked about, wherever it is called', async () => {
    expect(await askedAbout(subject.interpreter, lost, 'development')).toEqual(lost);
    expect(await askedAbout(subject.interpreter, lost, 'production')).toEqual(lost);
  });

  test('what cannot be read is asked about on production alone', async () => {
    expect(await askedAbout(subject.interpreter, onProduction, 'development')).toEqual([]);
    expect(await askedAbout(subject.interpreter, onProduction, 'production')).toEqual(onProduction);
  });

  test('what takes nothing away is never asked about', async () => {
    expect(await askedAbout(subject.interpreter, harmless, 'production')).toEqual([]);
  });

  test('what a rollback does not take back is found in bodies too', async () => {
    const limits = async (sql: string): Promise<readonly string[]> => {
      const assessment = await assessWithRoutines(
        sql,
        {},
        { version: subject.interpreter.session?.versionNumber ?? 0, builtIn: new Set(), aside },
      );
      return undoLimits(assessment).map(({ told, text }) => `${told}: ${text}`);
    };
    const aside = <Result>(work: (query: AsideQuery) => Promise<Result>) => subject.interpreter.aside(work);
    expect(await limits('select run_program()')).toEqual(['ask: The program that COPY runs on the server is not undone.']);
    expect(await limits("select run_any('select 1')")).toEqual([
      'warn: run_any may reach beyond the transaction, which its text here does not show.',
    ]);
    expect(await limits('call clear_staging()')).toEqual([]);
    expect(await limits('select wipe(), count(*) from orders')).toEqual([]);
  });

  test('where the session cannot be asked another one is, and without that nothing is taken for harmless', async () => {
    const version = subject.interpreter.session?.versionNumber ?? 0;
    const besides = (query: string) => subject.interpreter.aside((ask) => ask(query));
    const nobody = { version, aside: () => Promise.resolve(undefined) };
    const kinds = async (sql: string, place: Pick<RoutinePlace, 'besides'>): Promise<readonly string[]> =>
      (await assessWithRoutines(sql, {}, { ...nobody, ...place, builtIn: new Set() })).effects.map(({ kind }) => kind);
    expect(await kinds('select wipe_nested(), count(*)', { besides })).toEqual(['delete']);
    expect(await kinds('select homonym()', { besides })).toEqual(['delete']);
    expect(await kinds('select wipe_nested()', {})).toEqual(['routine']);
  });

  test('names of built-in functions are asked for once, those of the user’s own each time', async () => {
    const builtIn = new Set<string>();
    let asides = 0;
    const look = async (sql: string): Promise<void> => {
      await assessWithRoutines(
        sql,
        {},
        {
          version: subject.interpreter.session?.versionNumber ?? 0,
          builtIn,
          aside: (work) => {
            asides++;
            return subject.interpreter.aside(work);
          },
        },
      );
    };
    for (const sql of ['select count(*), now()', 'select now(), count(*)', 'select 1 in (1, 2)', 'values (1)']) await look(sql);
    expect(asides).toBe(1);
    for (const sql of ['select twice(1)', 'select twice(2)', 'select lower(3)', 'select lower(3)']) await look(sql);
    expect(asides).toBe(5);
  });
});

async function onServer(): Promise<Session> {
  const maintenance = await openTestSession();
  await cells(maintenance, `create database ${database}`);
  await maintenance.close();
  return await openTestSession(testTarget({ database }));
}
