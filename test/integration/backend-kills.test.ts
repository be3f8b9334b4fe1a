import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Session } from '../../src/server/session.ts';
import { textOf } from '../../src/text/text-value.ts';
import { activeBuffer } from '../../src/workbench/buffers.ts';
import { DrivenWorkbench } from '../support/driven-workbench.ts';
import { freshHome } from '../support/home.ts';
import { openTestSession, run, testTarget } from '../support/open-test-session.ts';
import { Chance } from '../support/random.ts';
import { pause } from '../support/terminal.ts';

// An administrator ends the session in the middle of something: the workbench says so, keeps what was typed, and runs nothing unasked.

const kills = Number(process.env.HOWDAH_KILLS ?? 2);
const name = 'kills by the hundred';
const home = freshHome();
let admin: Session;
let workbench: DrivenWorkbench;

beforeAll(async () => {
  for (const [variable, value] of Object.entries(home.environment)) vi.stubEnv(variable, value);
  admin = await openTestSession();
  await run(admin, 'create table kills (i int); create table unasked (i int)');
});

beforeEach(async () => {
  workbench = await DrivenWorkbench.open(testTarget({ startupParameters: { application_name: name } }));
});

afterEach(async () => {
  await workbench.close();
});

afterAll(async () => {
  await run(admin, 'drop table kills; drop table unasked');
  await admin.close();
  home.remove();
});

/** The user's session alone: the second connection has another name. */
const sessions = `from pg_stat_activity where application_name = '${name}'`;
const kill = () => run(admin, `select pg_terminate_backend(pid) ${sessions}`);
const rows = ({ model }: DrivenWorkbench) => {
  const content = model.results.tabs.at(-1)?.content;
  return content?.type === 'rows' && model.running !== undefined ? content.rowCount : 0;
};

interface Kind {
  readonly name: string;
  /** Leads to where the session is killed, and kills it. */
  readonly die: (chance: Chance, round: number) => Promise<void>;
  /** What the question must say. */
  readonly says?: RegExp;
  /** What must stand in the editor after it. */
  readonly keeps?: string;
}

const rolledBack = /the open transaction: the server rolls it back[\s\S]*Statements of the lost transaction:[\s\S]*insert into kills/;
const reading = 'select i, pg_sleep(0.0002) from generate_series(1, 1000000) i;';
const copying = "copy (select repeat('x', 500), pg_sleep(0.0002) from generate_series(1, 1000000)) to stdout;";

const kinds: readonly Kind[] = [
  {
    name: 'idle',
    die: async () => {
      await workbench.run('select 1;');
      await kill();
    },
  },
  {
    name: 'in a transaction',
    die: async (_, round) => {
      await workbench.run(`begin; insert into kills values (${round});`);
      await kill();
    },
    says: rolledBack,
  },
  {
    name: 'in a failed transaction',
    die: async (_, round) => {
      await workbench.run(`begin; insert into kills values (${round});`);
      await workbench.run('select 1/0;');
      await kill();
    },
    says: rolledBack,
  },
  {
    name: 'in the middle of a result',
    die: async (chance) => {
      workbench.send(reading);
      await workbench.until('rows', () => rows(workbench) > 0);
      await pause(chance.below(20));
      await kill();
    },
    says: /the answer to what ran/,
    keeps: reading,
  },
  {
    name: 'in the middle of COPY out',
    die: async (chance) => {
      workbench.send(copying);
      await workbench.until('rows', () => rows(workbench) > 0);
      await pause(chance.below(20));
      await kill();
    },
    says: /the answer to what ran/,
    keeps: copying,
  },
  {
    name: 'while the guards ask it what a function does',
    die: async () => {
      await run(admin, 'begin; lock table pg_proc in access exclusive mode');
      workbench.send('select kills_by_a_function();');
      await pause(50);
      await kill();
      await run(admin, 'rollback');
    },
    keeps: 'select kills_by_a_function();',
  },
  {
    name: 'in the middle of COPY in',
    die: async (chance) => {
      workbench.send('copy kills from stdin;');
      await workbench.until('question for data', ({ questions }) => questions[0]?.type === 'copy-data');
      workbench.type('1\n2\n');
      await pause(chance.below(5));
      await kill();
      workbench.type('3\n');
      workbench.press('ctrl+d');
    },
    keeps: 'copy kills from stdin;',
  },
  {
    name: 'at COMMIT',
    die: async (chance, round) => {
      await workbench.run(`begin; insert into kills values (${round});`);
      await pause(chance.below(60));
      const killed = (async () => {
        await pause(chance.below(4));
        await kill();
      })();
      if (chance.oneIn(2)) await pause(chance.below(4));
      workbench.send('commit;');
      await killed;
    },
  },
];

test.each(kinds)(`${kills} kills: $name`, { timeout: 1_200_000 }, async ({ name: kind, die, says, keeps }) => {
  const chance = new Chance(5);
  for (let round = 0; round < kills; round++) {
    await die(chance, round);
    await workbench.until(
      'the loss',
      ({ running }) =>
        workbench.question?.id === 'fence' && running === undefined && !workbench.question.lines.join('').includes('being looked up'),
    );
    const said = workbench.question?.lines.join('\n') ?? '';
    if (says !== undefined) expect(said).toMatch(says);
    const typed = textOf(activeBuffer(workbench.model.buffers).value);
    if (keeps !== undefined) expect(typed).toBe(keeps);
    if (kind === 'at COMMIT') await checkVerdict(said, round);
    // What is typed now runs nowhere, and nothing runs by itself on the new session.
    workbench.press('escape');
    workbench.send('insert into unasked values (1);');
    await workbench.until('the fence again', () => workbench.question?.id === 'fence');
    workbench.choose('reconnect');
    await workbench.until('new session', ({ connection }) => connection.phase === 'open');
    expect(textOf(activeBuffer(workbench.model.buffers).value)).toBe('insert into unasked values (1);');
    // The second connection has the session's name for a moment, until it takes its own.
    const ran = `select count(*) ${sessions} and query <> '' and query not like 'SET application_name%'`;
    expect(await run(admin, ran)).toContain('rows 0');
  }
  expect(await run(admin, 'select count(*) from unasked')).toContain('rows 0');
});

async function checkVerdict(said: string, round: number): Promise<void> {
  const isThere = (await run(admin, `delete from kills where i = ${round}`)).includes('complete DELETE 1');
  if (/COMMIT was carried out|COMMIT was answered/.test(said)) expect([said, isThere]).toEqual([said, true]);
  else if (/was not carried out|the server rolls it back/.test(said)) expect([said, isThere]).toEqual([said, false]);
  // The end of the transaction had been told before the loss.
  else if (!/not known|not decided/.test(said)) expect([said, isThere]).toEqual([said, true]);
}
