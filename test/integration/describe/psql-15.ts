import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { type NativeServer, startNativeServer } from '../../support/native-server.ts';
import { oracle } from '../../support/oracle.ts';

/** A PostgreSQL 15 with schema.sql in its database d, and its psql. */
export interface Psql15 {
  readonly client: Client;
  run(line: string, flags?: readonly string[]): { output: string; complaints: string; status: number | null };
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
  const target = ['-X', '-h', server.host, '-p', `${server.port}`, '-U', server.user, '-d', 'd'];
  return {
    client,
    run: (line, flags = []) => {
      const { stdout, stderr, status } = spawnSync(psql, [...target, ...flags, '-c', line], { encoding: 'utf8', maxBuffer: 2 ** 26 });
      return { output: stdout, complaints: stderr, status };
    },
    stop: async () => {
      await client.end();
      await server.stop();
    },
  };
}
