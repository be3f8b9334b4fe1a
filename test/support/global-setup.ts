import type { TestProject } from 'vitest/node';
import { startNativeServer } from './native-server.ts';
import type { ServerAddress } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    server: ServerAddress;
  }
}

/** One PostgreSQL 18 for the whole run; tests that need a state of their own create a database in it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startNativeServer({ settings: ['max_connections=200', 'max_prepared_transactions=10'] });
  project.provide('server', {
    host: server.host,
    port: server.port,
    socketFolder: server.socketFolder,
    user: server.user,
    database: server.database,
  });
  return () => server.stop();
}
