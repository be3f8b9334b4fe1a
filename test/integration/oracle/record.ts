// Records what psql makes of random scripts, for the machines that have none: node test/integration/oracle/record.ts
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomNumbers, randomScript, variables } from './grammar.ts';
import { RecordingServer } from './recording-server.ts';
import { runPsql } from './run-psql.ts';

const server = new RecordingServer();
await server.start();
const next = randomNumbers(15);
const cases: object[] = [];
for (let number = 0; number < 320; number++) {
  const script = randomScript(next);
  const standardStrings = number % 4 !== 0;
  const { statements } = await runPsql(server, `r${number}${standardStrings ? '' : '-off'}`, script, variables);
  cases.push({ script, standardStrings, statements });
}
await server.stop();
const lines = cases.map((entry) => JSON.stringify(entry)).join(',\n');
writeFileSync(join(import.meta.dirname, '../recorded/psql-statements.json'), `[\n${lines}\n]\n`);
