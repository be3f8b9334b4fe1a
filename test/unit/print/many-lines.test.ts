import { expect, test } from 'vitest';
import { defaultPrintOptions } from '../../../src/print/print-options.ts';
import { printTable } from '../../../src/print/registry.ts';
import { packRows } from '../../../src/result/row-batch.ts';

const lineCount = 20_000;
const wide = 'w'.repeat(1000);
const cell = `${wide}\n${'x\n'.repeat(lineCount - 2)}x`;

async function* oneCell() {
  yield packRows(1, [[Buffer.from(cell)]]);
}

/** psql 15's mark of a line that goes on stands at its end, but for the last line. */
const lines = (start: string, next: string) =>
  Array.from({ length: lineCount }, (_, line) => {
    const text = (line === 0 ? wide : 'x').padEnd(wide.length);
    return `${line === 0 ? start : next}${text}${line === lineCount - 1 ? ' ' : '+'}|\n`;
  }).join('');

test.each([
  ['aligned', 'off', lines('| ', '| ')],
  ['wrapped', 'off', lines('| ', '| ')],
  ['aligned', 'on', lines('| t | ', '|   | ')],
] as const)('a cell of many lines, %s, expanded %s, is printed block by block', async (format, expanded, expected) => {
  const options = { ...defaultPrintOptions, format, expanded, border: 2, tuplesOnly: true };
  const table = { columns: [{ name: 't', align: 'left' as const }], batches: oneCell() };
  const before = process.memoryUsage().arrayBuffers;
  const blocks: Buffer[] = [];
  for await (const block of printTable(table, options, { terminalColumns: 0, isExact: true }, oneCell)) {
    if (blocks.length === 0) expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
    blocks.push(block);
  }
  expect(Buffer.concat(blocks).includes(expected)).toBe(true);
});
