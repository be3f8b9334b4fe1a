import { spawn } from 'node:child_process';
import type { RecordingServer } from './recording-server.ts';

/** What the real psql sends for a script. */
export function psqlStatements(
  server: RecordingServer,
  database: string,
  script: string,
  variables: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const settings = Object.entries(variables).flatMap(([name, value]) => ['-v', `${name}=${value}`]);
  const connection = ['-h', '127.0.0.1', '-p', String(server.port), '-U', 'x', '-d', database];
  return new Promise((resolve, reject) => {
    const child = spawn('psql', ['-X', '-q', ...settings, ...connection], {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: process.env.PATH ?? '', PGSSLMODE: 'disable', PGGSSENCMODE: 'disable', HOME: '/nonexistent', LC_ALL: 'C.UTF-8' },
    });
    child.on('error', reject);
    child.stdin.on('error', () => undefined);
    child.stdin.end(script);
    child.on('exit', () => resolve(server.take(database)));
  });
}
