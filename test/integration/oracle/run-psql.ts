import { spawn } from 'node:child_process';
import { oracle } from '../../support/oracle.ts';
import type { RecordingServer } from './recording-server.ts';

export interface PsqlRun {
  /** What psql sent as statements. */
  readonly statements: readonly string[];
  /** Its standard output. */
  readonly output: Buffer;
}

/** Has the real psql read a script, connected to a database of the recording server. */
export function runPsql(
  server: RecordingServer,
  database: string,
  script: string,
  variables: Readonly<Record<string, string>>,
): Promise<PsqlRun> {
  const settings = Object.entries(variables).flatMap(([name, value]) => ['-v', `${name}=${value}`]);
  const connection = ['-h', '127.0.0.1', '-p', String(server.port), '-U', 'x', '-d', database];
  return new Promise((resolve, reject) => {
    const child = spawn(oracle?.psql ?? 'psql', ['-X', '-q', ...settings, ...connection], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { PATH: process.env.PATH ?? '', PGSSLMODE: 'disable', PGGSSENCMODE: 'disable', HOME: '/nonexistent', LC_ALL: 'C.UTF-8' },
    });
    const chunks: Buffer[] = [];
    child.on('error', reject);
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => undefined);
    child.stdin.end(script);
    child.on('close', () => resolve({ statements: server.take(database), output: Buffer.concat(chunks) }));
  });
}
