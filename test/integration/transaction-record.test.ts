import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sqlFor } from '../../src/engine/transaction/action-sql.ts';
import { automaticSavepoint } from '../../src/engine/transaction/automatic-savepoint.ts';
import type { TransactionRecord } from '../../src/engine/transaction/record.ts';
import { TransactionRecorder } from '../../src/engine/transaction/recorder.ts';
import { undoTargets } from '../../src/engine/transaction/undo-targets.ts';
import type { Session } from '../../src/server/session.ts';
import { openPipeline, openTestSession } from '../support/open-test-session.ts';
import { Chance } from '../support/random.ts';
import { preparedNames, randomFixtures, randomStatement, savepointNames } from '../support/random-transactions.ts';

const count = Number(process.env.HOWDAH_RANDOM_STATEMENTS ?? 2000);
const seed = Number(process.env.HOWDAH_RANDOM_SEED ?? 1);

let session: Session;

beforeAll(async () => {
  session = await openTestSession();
  for await (const _ of session.run({ sql: randomFixtures('random_transactions') }));
});

afterAll(async () => {
  const cleaning = ['rollback', ...preparedNames.map((name) => `rollback prepared '${name}'`), 'drop schema random_transactions cascade'];
  for (const sql of cleaning) for await (const _ of session.run({ sql }));
  await session.close();
});

describe('against a server', () => {
  test(`the record holds over ${count} random statements`, { timeout: 300_000 }, async () => {
    const walk = new RandomWalk(session, seed);
    for (let step = 0; step < count; step++) await walk.step();
    expect(walk.contradictions).toEqual([]);
    // The walk was worth it: each state often, savepoints right and wrong, doubts few.
    const { states, rolledBack, refused, unknown } = walk.seen;
    const least = count / 100;
    expect(Math.min(states.idle, states.transaction, states.failed, rolledBack, refused)).toBeGreaterThan(least);
    expect(unknown).toBeLessThan(count / 4);
    if (process.env.HOWDAH_RANDOM_STATEMENTS !== undefined) process.stdout.write(`${JSON.stringify(walk.seen)}\n`);
  });
});

/** Sends random statements and holds the record against what the server says. */
class RandomWalk {
  readonly contradictions: string[] = [];
  readonly seen = {
    states: { idle: 0, transaction: 0, failed: 0 },
    statements: 0,
    pipelines: 0,
    rolledBack: 0,
    refused: 0,
    automatic: 0,
    deepest: 0,
    unknown: 0,
  };
  readonly #chance: Chance;
  readonly #session: Session;
  readonly #recorder: TransactionRecorder;
  #last = '';

  constructor(session: Session, seed: number) {
    this.#session = session;
    this.#recorder = new TransactionRecorder(session);
    this.#chance = new Chance(seed);
  }

  async step(): Promise<void> {
    if (this.#chance.oneIn(10)) return await this.#pipe();
    const sql = randomStatement(this.#chance);
    const automatic = automaticSavepoint(this.#record, sql, this.#chance.oneOf(['off', 'last', 'every']));
    if (automatic !== undefined) {
      this.seen.automatic++;
      this.#mustWork(await this.#run(automatic.before), automatic.before);
    }
    const predicted = this.#prediction(sql);
    const failure = await this.#run(sql);
    this.seen.statements++;
    if (predicted !== undefined && predicted !== (failure === undefined)) {
      this.#contradict(`${sql} was to ${predicted ? 'succeed' : 'fail'}: ${failure}`);
    }
    if (failure === '3B001') this.seen.refused++;
    if (automatic !== undefined) {
      const { status } = this.#session;
      const after = status === 'failed' ? automatic.afterError : status === 'transaction' ? automatic.afterSuccess : undefined;
      if (after !== undefined) this.#mustWork(await this.#run(after), after);
    }
    await this.#tryTarget();
    await this.#tryAbsent();
  }

  /** A pipeline of random statements and Syncs. COPY would end the session. */
  async #pipe(): Promise<void> {
    const pipeline = openPipeline(this.#session);
    const sent: string[] = [];
    for (let left = 1 + this.#chance.below(8); left > 0; left--) {
      const sql = this.#chance.oneIn(3) ? 'sync' : randomStatement(this.#chance);
      if (/copy/i.test(sql)) continue;
      sent.push(sql);
      if (sql === 'sync') pipeline.sync();
      else if (this.#chance.oneIn(4)) pipeline.append({ sql, prepare: '' });
      else pipeline.append({ sql });
    }
    pipeline.sync();
    while (pipeline.unanswered.length > 0) {
      const isSync = pipeline.unanswered[0]?.type === 'sync';
      for await (const _ of pipeline.answer());
      if (isSync) this.#compare(`pipeline ${sent.join(' | ')}`);
    }
    pipeline.close();
    this.seen.pipelines++;
    await this.#tryTarget();
    await this.#tryAbsent();
  }

  get #record(): TransactionRecord {
    return this.#recorder.record;
  }

  /** Rolls back to a savepoint that is said to exist, mostly the newest, so that the stack may grow. */
  async #tryTarget(): Promise<void> {
    const targets = undoTargets(this.#record);
    if (targets.length === 0 || (this.#session.status === 'failed' && !this.#chance.oneIn(2))) return;
    const target = this.#chance.oneIn(6) ? this.#chance.oneOf(targets) : targets[0];
    if (target === undefined) return;
    this.seen.deepest = Math.max(this.seen.deepest, targets.length);
    const before = targets.length;
    const sql = sqlFor({ kind: 'rollback-to', ...target });
    this.#mustWork(await this.#run(sql), sql);
    this.seen.rolledBack++;
    const left = undoTargets(this.#record);
    if (left[0]?.name !== target.name || left.length !== before - targets.indexOf(target)) this.#contradict(`${sql} left ${left.length}`);
  }

  /** Rolls back to a savepoint that is said not to exist, where the record claims to know. */
  async #tryAbsent(): Promise<void> {
    const { transaction, state } = this.#record;
    if (state !== 'failed' || this.#chance.oneIn(2) || transaction === undefined || transaction.unknownSince !== undefined) return;
    const present = new Set(transaction.savepoints.map(({ name }) => name));
    const absent = savepointNames.filter((name) => !present.has(name));
    if (absent.length === 0) return;
    const sql = sqlFor({ kind: 'rollback-to', name: this.#chance.oneOf(absent) });
    if ((await this.#run(sql)) === undefined) this.#contradict(`${sql} succeeded`);
    else this.seen.refused++;
  }

  /** Whether a lone ROLLBACK TO or RELEASE works is known beforehand. */
  #prediction(sql: string): boolean | undefined {
    const { state, transaction } = this.#record;
    const [, verb, name] = /^(rollback to|release) ([a-z]+)$/.exec(sql) ?? [];
    if (verb === undefined || transaction === undefined || transaction.unknownSince !== undefined) return undefined;
    return (state === 'transaction' || verb === 'rollback to') && transaction.savepoints.some((point) => point.name === name);
  }

  #mustWork(failure: string | undefined, sql: string): void {
    if (failure !== undefined) this.#contradict(`${sql} failed: ${failure}`);
  }

  #contradict(what: string): void {
    const { state, transaction } = this.#record;
    const names = transaction?.savepoints.map(({ name }) => name).join(' ');
    this.contradictions.push(`${what}; after ${this.#last}; ${state}, unknown since ${transaction?.unknownSince}, savepoints ${names}`);
  }

  /** The SQLSTATE of what failed. The state is compared each time. */
  async #run(sql: string): Promise<string | undefined> {
    let failure: string | undefined;
    for await (const event of this.#session.run({ sql })) {
      if (event.type === 'error') failure = event.error.code;
      if (event.type === 'copyIn') {
        await this.#session.copyData(Buffer.from(this.#chance.oneIn(4) ? 'x\n' : '5\n6\n'));
        this.#session.copyDone();
      }
    }
    this.#compare(sql);
    return failure;
  }

  #compare(sql: string): void {
    const { state, transaction } = this.#record;
    const { status } = this.#session;
    if (state !== status) this.#contradict(`${sql}: ${state} is not ${status}`);
    if ((transaction === undefined) !== (status === 'idle')) this.#contradict(`${sql}: a transaction in state ${status}`);
    if (status !== undefined) this.seen.states[status]++;
    if (transaction?.unknownSince !== undefined) this.seen.unknown++;
    this.#last = sql;
  }
}
