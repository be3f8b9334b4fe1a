import type { CatalogRows } from '../../../src/commands/context.ts';
import { describeLines } from './commands.ts';
import { runCommand, serverAnswer } from './fake-context.ts';
import type { Psql15 } from './psql-15.ts';
import { digest, type RecordedRun, writeRecording } from './recording.ts';

/** Writes recording-15.jsonl anew: what psql prints for every line, and what the server answers to its queries. */
export async function record(server: Psql15): Promise<void> {
  const answers = new Map<string, CatalogRows>();
  const runs: RecordedRun[] = [];
  const answer = serverAnswer(server.client, (sql, rows) => answers.set(digest(sql), rows));
  for (const line of describeLines) {
    runs.push({ line, ...server.run(line) });
    await runCommand(line, { version: 150_000, database: 'd', answer });
  }
  writeRecording({ answers, runs });
}
