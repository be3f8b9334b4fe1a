import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TransactionStatus } from '../../src/result/server-event.ts';
import { transactionView } from '../../src/ui/draw-transaction.ts';
import { DrivenWorkbench } from '../support/driven-workbench.ts';
import { freshHome } from '../support/home.ts';
import { testTarget } from '../support/open-test-session.ts';
import { Chance } from '../support/random.ts';
import { preparedNames, randomFixtures, randomStatement } from '../support/random-transactions.ts';
import { testServer } from '../support/server.ts';
import { type StatusTap, startStatusTap } from '../support/status-tap.ts';

const count = Number(process.env.HOWDAH_RANDOM_STATEMENTS ?? 300);
const seed = Number(process.env.HOWDAH_RANDOM_SEED ?? 1);
const home = freshHome();
let tap: StatusTap;
let workbench: DrivenWorkbench;

beforeAll(async () => {
  for (const [variable, value] of Object.entries(home.environment)) vi.stubEnv(variable, value);
  tap = await startStatusTap(testServer());
  const target = testTarget({ hosts: [{ host: tap.host, port: tap.port }] });
  // Wide enough for the drawer to stand beside the result.
  workbench = await DrivenWorkbench.open(target, { HOWDAH_GUARD: 'off' }, { columns: 130, rows: 40 });
  await workbench.runStatement(randomFixtures('random_panel'));
  workbench.press('f4', 'tab');
});

afterAll(async () => {
  const left = preparedNames.map((name) => `rollback prepared '${name}'`);
  for (const sql of ['rollback', ...left, 'drop schema random_panel cascade']) await workbench.runStatement(sql);
  await workbench.close();
  tap.close();
  home.remove();
});

const settings = [
  '\\set HOWDAH_SAVEPOINTS off',
  '\\set HOWDAH_SAVEPOINTS last',
  '\\set HOWDAH_SAVEPOINTS every',
  '\\set ON_ERROR_ROLLBACK on',
  '\\set ON_ERROR_ROLLBACK off',
  '\\set AUTOCOMMIT off',
  '\\set AUTOCOMMIT on',
];

const stateRows: Readonly<Record<TransactionStatus, string>> = {
  idle: ' no transaction is open',
  transaction: ' * in transaction',
  failed: ' ! failed',
};

test(`the drawer says what the server's status byte says, over ${count} random inputs`, { timeout: 600_000 }, async () => {
  const chance = new Chance(seed);
  const script = join(home.folder, 'random.sql');
  const wrong: string[] = [];
  const seen = { idle: 0, transaction: 0, failed: 0, scripts: 0, unknown: 0, savepoints: 0 };
  for (let step = 0; step < count; step++) {
    const parts = Array.from({ length: 1 + chance.below(2) }, () => randomStatement(chance));
    const setting = chance.oneIn(40) ? `${chance.oneOf(settings)}\n` : '';
    const text = `${setting}${parts.join(chance.oneOf(['\\;', '\n;']))}\n;\n`;
    if (chance.oneIn(3)) {
      writeFileSync(script, text);
      seen.scripts++;
      await run(`\\i ${script}`, chance);
    } else await run(text, chance);
    const { status } = tap;
    const said = shownState();
    const { connection, transaction } = workbench.model;
    const isRight =
      status !== undefined &&
      connection.phase === 'open' &&
      connection.status === status &&
      transaction?.state === status &&
      (transaction.transaction === undefined) === (status === 'idle') &&
      said.startsWith(stateRows[status]);
    if (!isRight) wrong.push(`${text}: ${status}, drawn as ${said}`);
    if (status !== undefined) seen[status]++;
    if (transaction?.transaction?.unknownSince !== undefined) seen.unknown++;
    if ((transaction?.transaction?.savepoints.length ?? 0) > 0) seen.savepoints++;
  }
  expect(wrong).toEqual([]);
  expect(Math.min(seen.idle, seen.transaction, seen.failed, seen.scripts, seen.savepoints)).toBeGreaterThan(count / 50);
  expect(seen.unknown).toBeLessThan(count / 4);
  if (process.env.HOWDAH_RANDOM_STATEMENTS !== undefined) process.stdout.write(`${JSON.stringify(seen)}\n`);
});

/** To its end; COPY's data is given, or not. */
async function run(text: string, chance: Chance): Promise<void> {
  await workbench.runStatement(text);
  while (workbench.model.questions.length > 0) {
    if (chance.oneIn(4)) workbench.press('escape');
    else workbench.type('5\n6\n\\.\n');
    await workbench.settled(text);
  }
}

/** What the drawer shows of the transaction's state. */
function shownState(): string {
  const { model } = workbench;
  if (model.panel?.type !== 'transaction') throw new Error('the drawer is not open');
  const [first] = transactionView(model, model.panel, 30).rows;
  return (first ?? []).map(({ text }) => text).join('');
}
