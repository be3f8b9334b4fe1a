import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type CuttingProxy, type Direction, startCuttingProxy } from '../support/cutting-proxy.ts';
import { DrivenWorkbench } from '../support/driven-workbench.ts';
import { freshHome } from '../support/home.ts';
import { testTarget } from '../support/open-test-session.ts';
import { Chance } from '../support/random.ts';
import { testServer } from '../support/server.ts';
import { pause } from '../support/terminal.ts';
import { meanwhile } from '../support/workbench.ts';

// The connection is cut at a byte of the exchange that ends a transaction: what the workbench then says of it is held against the server.

const cuts = Number(process.env.HOWDAH_COMMIT_CUTS ?? 14);
const home = freshHome();
let proxy: CuttingProxy;
let workbench: DrivenWorkbench;

beforeAll(async () => {
  for (const [name, value] of Object.entries(home.environment)) vi.stubEnv(name, value);
  await meanwhile('create table cuts (i int primary key)');
  proxy = await startCuttingProxy(testServer());
});

afterEach(async () => {
  await workbench.close();
});

afterAll(async () => {
  await proxy.close();
  await meanwhile('drop table cuts');
  home.remove();
});

function open(): Promise<DrivenWorkbench> {
  const { host, port } = proxy;
  return DrivenWorkbench.open(testTarget({ hosts: [{ host, port }] }));
}

type Verdict = 'committed' | 'rolled back' | 'prepared' | 'not known';

/** What the question after the loss says; where it says nothing, the end of the transaction had been told before. */
function verdictOf({ question, model }: DrivenWorkbench): Verdict | undefined {
  const text = question?.lines.join('\n') ?? '';
  if (/COMMIT was carried out|COMMIT was answered before that/.test(text)) return 'committed';
  if (/was not carried out|the open transaction: the server rolls it back/.test(text)) return 'rolled back';
  if (/The transaction is prepared/.test(text)) return 'prepared';
  if (/is not known|not decided yet/.test(text)) return 'not known';
  if (text === '' || text.includes('being looked up')) return undefined;
  return model.transaction?.ended?.outcome === 'prepared' ? 'prepared' : 'committed';
}

async function truthOf(round: number): Promise<Verdict> {
  if ((await meanwhile(`select count(*) from cuts where i = ${round}`)) === '1') return 'committed';
  return (await meanwhile("select count(*) from pg_prepared_xacts where gid = 'cut'")) === '1' ? 'prepared' : 'rolled back';
}

const endings = ['commit', 'commit', 'end', 'commit and chain', "prepare transaction 'cut'", String.raw`select 1\; commit`];

test(`the verdict after ${cuts} cuts in the exchange of a COMMIT is never wrong`, { timeout: 1_200_000 }, async () => {
  const chance = new Chance(3);
  const seen = { committed: 0, 'rolled back': 0, prepared: 0, 'not known': 0, wrong: [] as string[] };
  workbench = await open();
  for (let round = 0; round < cuts; round++) {
    await workbench.run('begin;');
    await workbench.run(`insert into cuts values (${round});`);
    // Mostly at a person's speed; at once the second connection may not be there yet.
    if (!chance.oneIn(6)) await pause(250);
    const ending = chance.oneOf(endings);
    // A Query has 5 bytes before its text and 1 after; CommandComplete of COMMIT has 12, ReadyForQuery 6.
    const request = ending.length + 6;
    const byte = chance.below(request + 12 + 6 + 1);
    const [direction, at]: readonly [Direction, number] = byte < request ? ['to-server', byte] : ['to-client', byte - request];
    const session = proxy.connections.find((connection) => connection.sent.includes(`insert into cuts values (${round})`));
    if (session === undefined) throw new Error('the session does not run through the proxy');
    session.cutAfter(direction, at, chance.oneOf(['close', 'reset']));
    workbench.send(`${ending};`);
    await workbench.until('verdict', () => verdictOf(workbench) !== undefined);
    const lines = workbench.question?.lines ?? [];
    const said = verdictOf(workbench) ?? 'not known';
    const truth = await truthOf(round);
    seen[said]++;
    if (said !== 'not known' && said !== truth)
      seen.wrong.push(`${ending}, ${direction} ${at}: ${said}, in truth ${truth}: ${lines.join(' ')}`);
    if (truth === 'prepared') await meanwhile("rollback prepared 'cut'");
    workbench.choose('reconnect');
    await workbench.until('new session', ({ connection, running }) => connection.phase === 'open' && running === undefined);
  }
  if (process.env.HOWDAH_COMMIT_CUTS !== undefined) process.stdout.write(`${JSON.stringify(seen)}\n`);
  expect(seen.wrong).toEqual([]);
  expect(seen.committed + seen.prepared).toBeGreaterThan(0);
  expect(seen['rolled back']).toBeGreaterThan(0);
});
