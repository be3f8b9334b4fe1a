import pg from 'pg';
import type { ServerAddress } from './server.ts';

/** pgbench's own tables at a scale (100,000 accounts each), made as `pgbench --initialize --init-steps=dtGp` makes them: by the server. */
export async function loadPgbench(server: ServerAddress, database: string, scale: number): Promise<void> {
  await inDatabase(server, server.database, (client) => client.query(`create database ${database}`));
  await inDatabase(server, database, async (client) => {
    for (const statement of [
      'create table pgbench_history(tid int, bid int, aid int, delta int, mtime timestamp, filler char(22))',
      'create table pgbench_tellers(tid int not null, bid int, tbalance int, filler char(84)) with (fillfactor=100)',
      'create table pgbench_accounts(aid int not null, bid int, abalance int, filler char(84)) with (fillfactor=100)',
      'create table pgbench_branches(bid int not null, bbalance int, filler char(88)) with (fillfactor=100)',
      `insert into pgbench_branches(bid, bbalance) select bid, 0 from generate_series(1, ${scale}) as bid`,
      `insert into pgbench_tellers(tid, bid, tbalance) select tid, (tid - 1) / 10 + 1, 0 from generate_series(1, ${scale * 10}) as tid`,
      `insert into pgbench_accounts(aid, bid, abalance, filler) select aid, (aid - 1) / 100000 + 1, 0, '' from generate_series(1, ${scale * 100_000}) as aid`,
      'alter table pgbench_branches add primary key (bid)',
      'alter table pgbench_tellers add primary key (tid)',
      'alter table pgbench_accounts add primary key (aid)',
      'analyze',
    ]) {
      await client.query(statement);
    }
  });
}

async function inDatabase(server: ServerAddress, database: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ host: server.host, port: server.port, user: server.user, database });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
