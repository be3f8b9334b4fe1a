import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { type NativeServer, startNativeServer } from '../../support/native-server.ts';
import { oracle } from '../../support/oracle.ts';

/** Between the outputs of lines. */
const mark = '-- next --';

/** A PostgreSQL 15 with schema.sql in its database d, and its psql. */
export interface Psql15 {
  readonly client: Client;
  run(line: string): { output: string; complaints: string; status: number | null };
  /** All lines by one process, for speed: it has one status for all of them. */
  runAll(lines: readonly string[], flags: readonly string[]): readonly { output: string; complaints: string }[];
  stop(): Promise<void>;
}

/** Creates a database with the objects of schema.sql and connects to it. */
export async function describedDatabase(server: Pick<NativeServer, 'host' | 'port' | 'user'>, database: string): Promise<Client> {
  const { host, port, user } = server;
  const admin = new Client({ host, port, user, database: 'postgres' });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${database}`);
  await admin.end();
  const client = new Client({ host, port, user, database, application_name: 'psql' });
  await client.connect();
  await client.query(readFileSync(new URL('schema.sql', import.meta.url), 'utf8'));
  return client;
}

export async function startPsql15(): Promise<Psql15> {
  if (oracle === undefined) throw new Error('there is no PostgreSQL 15 here');
  const { psql, binFolder } = oracle;
  const server = await startNativeServer({ binFolder });
  const client = await describedDatabase(server, 'd');
  const call = (args: readonly string[]) => spawnSync(psql, [...target, ...args], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const target = ['-X', '-h', server.host, '-p', `${server.port}`, '-U', server.user, '-d', 'd'];
  return {
    client,
    run: (line) => {
      const { stdout, stderr, status } = call(['-c', line]);
      return { output: stdout, complaints: stderr, status };
    },
    runAll: (lines, flags) => {
      const marked = lines.flatMap((line) => [line, `\\echo ${mark}`, `\\warn ${mark}`]);
      const { stdout, stderr } = call([...flags, ...marked.flatMap((line) => ['-c', line])]);
      const complaints = stderr.split(`${mark}\n`);
      return stdout
        .split(`${mark}\n`)
        .slice(0, -1)
        .map((output, at) => ({ output, complaints: complaints[at] ?? '' }));
    },
    stop: async () => {
      await client.end();
      await server.stop();
    },
  };
}
