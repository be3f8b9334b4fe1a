import { expect } from 'vitest';
import { rowsOfTag } from '../../src/engine/transaction/command-tag.ts';
import type { Session } from '../../src/server/session.ts';
import {
  allContents,
  applied,
  cells,
  type Expected,
  pairsOf,
  type RehearsedStatement,
  type Rehearser,
  rehearsedStatements,
} from './rehearsals.ts';

export function statementsFor(version: number): readonly RehearsedStatement[] {
  return rehearsedStatements.filter(({ since }) => version >= since);
}

/** Rehearses it, compares what is shown with what is there, and takes it back. `point`: in an open transaction. */
export async function checkRehearsal(rehearser: Rehearser, statement: RehearsedStatement, point: boolean): Promise<void> {
  const { interpreter, session, room, said } = rehearser;
  const { sql, table, changes } = statement;
  said.length = 0;
  const atFirst = await allContents(session);
  const before = await tableRows(session, table);
  const outcome = await interpreter.rehearse(sql, room, () => Promise.resolve(true));
  if (outcome.type !== 'open') throw new Error(`${JSON.stringify(outcome)} ${said.join(' ')}`);
  const { rehearsed } = outcome;
  expect(session.status).toBe('transaction');
  const expected = expectedOf(statement, session.versionNumber);
  expect(rehearsed.rows?.type ?? 'none').toBe(expected === 'rows' ? 'result' : expected === 'count' ? 'none' : 'pairs');
  const pairs = pairsOf(rehearsed.rows);
  if (expected === 'pairs' || expected === 'written') {
    expect(rowsOfTag(rehearsed.tag)).toBe(changes);
    expect(pairs).toHaveLength(changes);
  }
  if (expected === 'pairs')
    expect(applied(before, pairs)).toEqual((await tableRows(session, table)).map((row) => JSON.stringify(row)).sort());
  if (expected === 'written') {
    const now = (await tableRows(session, table)).map((row) => JSON.stringify(row));
    for (const { after } of pairs) if (after !== undefined) expect(now).toContain(JSON.stringify(after));
  }
  const { savepoint } = rehearsed;
  expect(savepoint !== undefined).toBe(point);
  await interpreter.runText(point ? `rollback to savepoint ${savepoint}; release savepoint ${savepoint};` : 'rollback;');
  rehearsed.rows?.store.close();
  expect(session.status).toBe(point ? 'transaction' : 'idle');
  expect(await allContents(session)).toBe(atFirst);
  expect(said).toEqual([]);
}

function expectedOf({ sql, on18, before18 }: RehearsedStatement, version: number): Expected {
  if (version >= 180_000) return on18;
  // From 17 on MERGE returns its rows, if only as they are after it.
  return version >= 170_000 && sql.startsWith('merge') ? 'written' : before18;
}

async function tableRows(session: Session, table: string) {
  return await cells(session, `select * from ${table}`);
}
