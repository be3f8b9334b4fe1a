import type { RowBatch } from '../result/row-batch.ts';
import { aligned, wrapped } from './aligned.ts';
import { asciidoc } from './asciidoc.ts';
import { csv } from './csv.ts';
import { html } from './html.ts';
import { insert } from './insert.ts';
import { json, jsonLines } from './json.ts';
import { latex, latexLongtable } from './latex.ts';
import { markdown } from './markdown.ts';
import type { PrintFormat, PrintSurroundings, PrintTable } from './print-format.ts';
import type { FormatName, PrintOptions } from './print-options.ts';
import { troffMs } from './troff-ms.ts';
import { unaligned } from './unaligned.ts';

const formats: Readonly<Record<FormatName, PrintFormat>> = {
  aligned,
  asciidoc,
  csv,
  html,
  insert,
  json,
  'json-lines': jsonLines,
  latex,
  'latex-longtable': latexLongtable,
  markdown,
  'troff-ms': troffMs,
  unaligned,
  wrapped,
};

/** The format of that name. */
export function printFormat(name: FormatName): PrintFormat {
  return formats[name];
}

/**
 * Prints a table, both passes where the format must measure first. `rescan` gives the same rows again for the second one;
 * without it the rows are kept in memory.
 */
export async function* printTable(
  table: PrintTable,
  options: PrintOptions,
  surroundings: PrintSurroundings,
  rescan?: () => AsyncIterable<RowBatch>,
): AsyncIterable<Buffer> {
  const format = printFormat(options.format);
  const measure = format.measure?.(table, options, surroundings);
  if (measure === undefined) {
    yield* format.write(table, options, surroundings, undefined);
    return;
  }
  const kept: RowBatch[] = [];
  for await (const batch of table.batches) {
    measure.add(batch);
    if (rescan === undefined) kept.push({ ...batch, bytes: Buffer.from(batch.bytes), offsets: batch.offsets.slice() });
  }
  yield* format.write({ ...table, batches: rescan?.() ?? replay(kept) }, options, surroundings, measure);
}

async function* replay(batches: readonly RowBatch[]): AsyncIterable<RowBatch> {
  yield* batches;
}
