// npm run bench: the figures howdah promises, against psql on the same server in the same run.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startNativeServer } from '../support/native-server.ts';
import { oracle } from '../support/oracle.ts';
import { batchFigures } from './batch.ts';
import { embeddedFigures } from './embedded.ts';
import { interleaved } from './measure.ts';
import { report } from './report.ts';
import { workbenchFigures } from './workbench.ts';

// What people call psql: on Debian a script that finds the version and runs the binary.
const psql = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'psql'))
  .find(existsSync);
if (psql === undefined) throw new Error('psql is not installed: there is nothing to measure against');
const only = process.argv[2];
const server = await startNativeServer({ ...(oracle === undefined ? {} : { binFolder: oracle.binFolder }), settings: ['jit=off'] });
try {
  const connection = ['-X', '-h', server.socketFolder, '-p', String(server.port), '-U', server.user, '-d', server.database];
  const [select] = await interleaved([[psql, ...connection, '-c', 'select 1']], 11);
  const figures = [
    ...(only === undefined || only === 'batch' ? await batchFigures(server, psql) : []),
    ...(only === undefined || only === 'embedded' ? await embeddedFigures() : []),
    ...(only === undefined || only === 'workbench' ? await workbenchFigures(server, select?.seconds ?? Number.NaN) : []),
  ];
  process.stdout.write(`${report(figures)}\n`);
} finally {
  await server.stop();
}
