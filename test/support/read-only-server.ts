import { Client } from 'pg';
import { expect } from 'vitest';
import type { ReadOnlyAttempt } from '../unit/sql/guard/corpus/read-only-attempts.ts';
import { AttemptFolder, attempts, fingerprintQuery, portions, readOnlySchema } from './read-only-place.ts';
import { howdah } from './run.ts';
import type { ServerAddress } from './server.ts';

type Server = Pick<ServerAddress, 'host' | 'port' | 'user'>;

/** A database of a server, full of traps, and somebody who watches it. */
export class WatchedDatabase {
  readonly client: Client;
  /** Channels on which something was sent. */
  readonly notified: string[] = [];
  readonly #server: Server;
  readonly #database: string;

  private constructor(server: Server, database: string) {
    this.#server = server;
    this.#database = database;
    this.client = new Client({ ...server, database });
    this.client.on('notification', ({ channel }) => this.notified.push(channel));
  }

  static async create(server: Server, database: string): Promise<WatchedDatabase> {
    const maintenance = new Client({ ...server, database: 'postgres' });
    await maintenance.connect();
    await maintenance.query(`create database ${database}`);
    await maintenance.end();
    const watched = new WatchedDatabase(server, database);
    await watched.client.connect();
    await watched.client.query(readOnlySchema);
    await watched.client.query(`create extension dblink; create extension postgres_fdw;
      create server other foreign data wrapper postgres_fdw options (host '${server.host}', port '${server.port}', dbname '${database}');
      create user mapping for current_user server other options (user '${server.user}');
      create foreign table canary_abroad (id int, note text) server other options (table_name 'canary');
      listen written; listen traps`);
    return watched;
  }

  async fingerprint(): Promise<string> {
    return (await this.client.query(fingerprintQuery)).rows[0].fingerprint;
  }

  get connection(): readonly string[] {
    const { host, port, user } = this.#server;
    return ['-X', '-q', '-h', host, '-p', String(port), '-U', user, '-d', this.#database];
  }

  get environment(): Readonly<Record<string, string>> {
    const { host, port, user } = this.#server;
    return { PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: this.#database, PSQL_EDITOR: 'true' };
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

/** Runs all attempts through the built program without a terminal; the names of those that left a trace. */
export async function attemptByBatch(watched: WatchedDatabase): Promise<readonly string[]> {
  const folder = new AttemptFolder();
  const options = { environment: watched.environment };
  const run = async (tried: readonly ReadOnlyAttempt[]) => {
    const input = `${folder.script(tried)}\\echo all of them\n`;
    const outcome = await howdah([...watched.connection, '--read-only', '-f', '-'], { ...options, input });
    // Where the program ends early the rest was not tried.
    expect(outcome.stdout.trimEnd().endsWith('all of them'), outcome.stderr.slice(-2000)).toBe(true);
  };
  const succeeded: string[] = [];
  try {
    for (const portion of portions(attempts, 250)) {
      const before = await watched.fingerprint();
      await run(portion);
      if ((await watched.fingerprint()) === before) continue;
      // One after the other, to name the culprit.
      for (const attempt of portion) {
        const known = await watched.fingerprint();
        await run([attempt]);
        if ((await watched.fingerprint()) !== known) succeeded.push(attempt.name);
      }
    }
    return succeeded;
  } finally {
    folder.remove();
  }
}
