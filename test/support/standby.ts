import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type NativeServer, packagedBinaries, startCluster } from './native-server.ts';

/** A streaming standby of a server of 15 or newer, from a base backup made by hand: pg_basebackup is not among the packaged binaries. */
export async function startStandby(primary: NativeServer): Promise<NativeServer> {
  const binFolder = packagedBinaries();
  if (binFolder === undefined) throw new Error('no PostgreSQL binaries for this platform: npm ci installs them');
  const folder = mkdtempSync(join(tmpdir(), 'howdah-standby-'));
  const data = join(folder, 'data');
  const client = new pg.Client({ host: primary.host, port: primary.port, user: primary.user, database: primary.database });
  await client.connect();
  await client.query("select pg_backup_start('standby', true)");
  // With its owner, who is not always who runs the tests.
  const copied = spawnSync('sh', [
    '-c',
    `cp -a '${primary.socketFolder}/data' '${data}' && cp -p '${data}/PG_VERSION' '${data}/standby.signal'`,
  ]);
  if (copied.status !== 0) throw new Error(String(copied.stderr));
  const { rows } = await client.query('select labelfile from pg_backup_stop(false)');
  await client.end();
  writeFileSync(join(data, 'backup_label'), rows[0].labelfile);
  rmSync(join(data, 'postmaster.pid'), { force: true });
  spawnSync('chown', [`--reference=${data}/PG_VERSION`, folder, join(data, 'backup_label')]);
  const conninfo = `host=${primary.host} port=${primary.port} user=${primary.user}`;
  return await startCluster(folder, binFolder, [`primary_conninfo=${conninfo}`, 'max_connections=200', 'max_prepared_transactions=10']);
}
