// Writes recording-15.jsonl anew: `node test/integration/describe/record.ts`, where PostgreSQL 15 and its psql are installed.
import type { CatalogRows } from '../../../src/commands/context.ts';
import { describeLines } from './commands.ts';
import { runCommand, serverAnswer } from './fake-context.ts';
import { startPsql15 } from './psql-15.ts';
import { digest, type RecordedRun, writeRecording } from './recording.ts';

const server = await startPsql15();
try {
  const answers = new Map<string, CatalogRows>();
  const runs: RecordedRun[] = [];
  const answer = serverAnswer(server.client, (sql, rows) => answers.set(digest(sql), rows));
  for (const line of describeLines) {
    runs.push({ line, ...server.run(line) });
    await runCommand(line, { version: 150_000, database: 'd', answer });
  }
  writeRecording({ answers, runs });
} finally {
  await server.stop();
}
