import { expect, test } from 'vitest';
import { goldenCases } from './golden-cases.ts';
import goldens from './psql-15-goldens.json' with { type: 'json' };
import { printSample, type SampleTable, sampleTables } from './sample-tables.ts';

const cases = goldenCases.map((golden, index) => ({ ...golden, index, name: `${golden.table}: ${JSON.stringify(golden.options)}` }));

test.each(cases)('as psql 15 printed it: $name', async ({ table, options, index }) => {
  expect(await printSample(sampleTables[table] as SampleTable, options)).toBe(goldens[index]);
});
