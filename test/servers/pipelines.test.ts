import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ends } from '../integration/pipelines/ends.ts';
import { type NativeServer, startNativeServer } from '../support/native-server.ts';
import { olderBinaries, olderMajors } from '../support/older-servers.ts';
import { checkEnd, type Environment, expectedText, makePipelineDatabase, runPipelineScript } from '../support/pipelines.ts';

const one = ' ?column? \n----------\n        1\n(1 row)\n\n';
const two = one.replace('1\n', '2\n');
const warning = 'WARNING:  SET LOCAL can only be used in transaction blocks\n';

/** What servers before 18 themselves answer otherwise: to them a pipeline is less of a transaction block. */
function expectedOf(major: number): string {
  const vacuum = major === 10 ? '' : 'ERROR:  VACUUM cannot be executed within a pipeline\n';
  const changes: readonly (readonly [before: string, after: string])[] = [
    [' 1h\n(1 row)\n\n', ` 1h\n(1 row)\n\n${warning}`],
    [
      `select 2;\n\\endpipeline\n${one}${two}`,
      `select 2;\n\\endpipeline\n${one}ERROR:  LOCK TABLE can only be used in transaction blocks\n`,
    ],
    ['ERROR:  VACUUM cannot run inside a transaction block\n', vacuum],
  ];
  return changes.reduce((text, [before, after]) => {
    expect(text.split(before)).toHaveLength(2);
    return text.replace(before, after);
  }, expectedText);
}

describe.each(olderMajors)('pipelines on PostgreSQL %i', (major) => {
  let server: NativeServer;
  let environment: Environment;

  beforeAll(async () => {
    server = await startNativeServer({ binFolder: olderBinaries(major) });
    environment = await makePipelineDatabase(server);
  });

  afterAll(() => server.stop());

  test('the script, word for word', async () => {
    const { stdout, status } = await runPipelineScript(environment);
    expect(stdout).toBe(expectedOf(major));
    expect(status).toBe(0);
  });

  test.each(ends.map((end) => [end[0], end] as const))('%s', async (_, end) => {
    await checkEnd(end, environment);
  });
});
