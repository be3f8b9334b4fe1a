import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ends } from '../integration/pipelines/ends.ts';
import { type NativeServer, startNativeServer } from '../support/native-server.ts';
import { olderBinaries, olderMajors } from '../support/older-servers.ts';
import { checkEnd, type Environment, expectedText, makePipelineDatabase, runPipelineScript } from '../support/pipelines.ts';

describe.each(olderMajors)('pipelines on PostgreSQL %i', (major) => {
  let server: NativeServer;
  let environment: Environment;

  beforeAll(async () => {
    server = await startNativeServer({ binFolder: olderBinaries(major) });
    environment = await makePipelineDatabase(server);
  });

  afterAll(() => server.stop());

  test('the script prints what it does on 18', async () => {
    const { stdout, status } = await runPipelineScript(environment);
    expect(stdout).toBe(expectedText);
    expect(status).toBe(0);
  });

  test.each(ends.map((end) => [end[0], end] as const))('%s', async (_, end) => {
    await checkEnd(end, environment);
  });
});
