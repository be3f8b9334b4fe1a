import type { PrintSurroundings, PrintTable } from '../print/print-format.ts';
import type { PrintOptions } from '../print/print-options.ts';
import { printFormat, printTable } from '../print/registry.ts';
import { type Column, isRightAligned } from '../result/column.ts';
import type { RowBatch } from '../result/row-batch.ts';
import type { OutputSink } from './output-sink.ts';

/** A result's columns as a printer wants them. */
export function printColumns(columns: readonly Column[]): PrintTable['columns'] {
  return columns.map((column) => ({ name: column.name, align: isRightAligned(column.typeOid) ? 'right' : 'left', column }));
}

/** Prints a table in the format the options name. `batches` is called twice where the format measures first. */
export async function printTo(
  sink: OutputSink,
  table: Omit<PrintTable, 'batches'>,
  batches: () => AsyncIterable<RowBatch>,
  options: PrintOptions,
  surroundings: PrintSurroundings,
): Promise<void> {
  const paged = sink.paged?.({ ...options, isTable: true });
  const output = paged ?? sink;
  for await (const bytes of printTable({ ...table, batches: batches() }, options, surroundings, batches)) {
    const waiting = output.write(bytes);
    if (waiting !== undefined) await waiting;
  }
  await output.flush();
  await paged?.close();
}

/** Has what is printed in portions go to one pager, however little each is: psql does not know how much is still to come. */
export async function inOnePager<Result>(
  sink: OutputSink,
  { pager, pagerMinLines }: PrintOptions,
  work: (sink: OutputSink) => Promise<Result>,
): Promise<Result> {
  const paged = sink.paged?.({ pager: pager === 'off' ? 'off' : 'always', pagerMinLines, isTable: true });
  try {
    return await work(paged ?? sink);
  } finally {
    await paged?.close();
  }
}

/** Whether the format wants all rows before it prints one. */
export function needsMeasuring(options: PrintOptions): boolean {
  return printFormat(options.format).measure !== undefined;
}
