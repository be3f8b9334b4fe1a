import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type NativeServer, serverIdentity } from './native-server.ts';
import type { PoolingProxy } from './pooling-proxy.ts';

/** A PgBouncer before a server, for trust authentication. `program`: its path; it is no part of any package here. */
export async function startPgbouncer(
  program: string,
  server: Pick<NativeServer, 'host' | 'port' | 'user' | 'database'>,
  mode: 'session' | 'transaction' | 'statement',
): Promise<PoolingProxy> {
  const { host, port: upstream, user, database } = server;
  const folder = mkdtempSync(join(tmpdir(), 'howdah-pgbouncer-'));
  const port = await freePort();
  const settings = `[databases]
${database} = host=${host} port=${upstream} user=${user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
`;
  const file = join(folder, 'pgbouncer.ini');
  writeFileSync(file, settings);
  chmodSync(folder, 0o755);
  const child = spawn(program, [file], { ...serverIdentity(), stdio: ['ignore', 'ignore', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    let log = '';
    child.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('process up')) resolve();
    });
    child.once('exit', () => reject(new Error(log)));
    child.once('error', reject);
  });
  const close = () => {
    child.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  return { host: '127.0.0.1', port, user, database, close };
}
