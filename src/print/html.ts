import type { BlockWriter } from './block-writer.ts';
import { Escape, isBlank } from './escape.ts';
import { type MarkupTable, markupTable } from './markup-table.ts';
import type { PrintFormat } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';
import type { RowCells } from './row-cells.ts';
import { type RowWriter, writeRows } from './write-rows.ts';

/** psql's HTML table. */
export const html: PrintFormat = {
  name: 'html',
  write: (table, options, surroundings) => {
    const markup = markupTable(table, options, surroundings);
    const writer = options.expanded === 'on' ? expandedWriter(markup, options) : plainWriter(markup, options);
    return writeRows(table, options, surroundings, writer);
  },
};

const escaping = new Escape({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '\n': '<br />\n', '"': '&quot;' });

/** Leading blanks are kept apart, for the plans of EXPLAIN. */
function writeEscaped(out: BlockWriter, bytes: Buffer, start = 0, end = bytes.length): void {
  let at = start;
  for (; at < end && bytes[at] === 0x20; at++) out.text('&nbsp;');
  escaping.write(out, bytes, at, end);
}

function plainWriter(markup: MarkupTable, options: PrintOptions): RowWriter {
  return {
    begin(out) {
      writeBegin(out, markup, options);
      if (options.tuplesOnly) return;
      out.text('  <tr>\n');
      for (const name of markup.names) {
        out.text('    <th align="center">');
        writeEscaped(out, name);
        out.text('</th>\n');
      }
      out.text('  </tr>\n');
    },
    row(out, cells) {
      out.text('  <tr valign="top">\n');
      for (let column = 0; column < cells.count; column++) writeCell(out, markup, cells, column);
      out.text('  </tr>\n');
    },
    end: (out, rowCount) => writeEnd(out, markup.footers(rowCount)),
  };
}

function expandedWriter(markup: MarkupTable, options: PrintOptions): RowWriter {
  return {
    begin: (out) => writeBegin(out, markup, options),
    row(out, cells, record) {
      const head = options.tuplesOnly ? '<td colspan="2">&nbsp;' : `<td colspan="2" align="center">Record ${record}`;
      out.text(`\n  <tr>${head}</td></tr>\n`);
      markup.names.forEach((name, column) => {
        out.text('  <tr valign="top">\n    <th>');
        writeEscaped(out, name);
        out.text('</th>\n');
        writeCell(out, markup, cells, column);
        out.text('  </tr>\n');
      });
    },
    end: (out) => writeEnd(out, markup.ownFooters),
  };
}

function writeBegin(out: BlockWriter, markup: MarkupTable, options: PrintOptions): void {
  const attributes = options.tableAttributes === undefined ? '' : ` ${options.tableAttributes}`;
  out.text(`<table border="${options.border}"${attributes}>\n`);
  if (markup.title === undefined) return;
  out.text('  <caption>');
  writeEscaped(out, markup.title);
  out.text('</caption>\n');
}

function writeCell(out: BlockWriter, markup: MarkupTable, cells: RowCells, column: number): void {
  out.text(markup.isRight[column] === true ? '    <td align="right">' : '    <td align="left">');
  if (isBlank(cells, column)) out.text('&nbsp; ');
  else writeEscaped(out, cells.sources[column] as Buffer, cells.starts[column], cells.ends[column]);
  out.text('</td>\n');
}

function writeEnd(out: BlockWriter, footers: readonly Buffer[]): void {
  out.text('</table>\n');
  if (footers.length > 0) {
    out.text('<p>');
    for (const footer of footers) {
      writeEscaped(out, footer);
      out.text('<br />\n');
    }
    out.text('</p>');
  }
  out.byte(0x0a);
}
