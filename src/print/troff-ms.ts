import type { BlockWriter } from './block-writer.ts';
import { Escape } from './escape.ts';
import { type MarkupTable, markupTable } from './markup-table.ts';
import type { PrintFormat } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';
import { type RowWriter, writeRows } from './write-rows.ts';

/** psql's table for troff's -ms macros and tbl. */
export const troffMs: PrintFormat = {
  name: 'troff-ms',
  write: (table, options, surroundings) => {
    const markup = markupTable(table, options, surroundings);
    const writer = options.expanded === 'on' ? expandedWriter(markup, options) : plainWriter(markup, options);
    return writeRows(table, options, surroundings, writer);
  },
};

const escaping = new Escape({ '\\': '\\(rs' });

function plainWriter(markup: MarkupTable, options: PrintOptions): RowWriter {
  return {
    begin(out) {
      writeBegin(out, markup, options);
      out.text(`${markup.isRight.map((isRight) => (isRight ? 'r' : 'l')).join(options.border > 0 ? ' | ' : '')}.\n`);
      if (options.tuplesOnly) return;
      markup.names.forEach((name, column) => {
        out.text(column > 0 ? '\t\\fI' : '\\fI');
        escaping.write(out, name);
        out.text('\\fP');
      });
      out.text('\n_\n');
    },
    row(out, cells) {
      for (let column = 0; column < cells.count; column++) {
        if (column > 0) out.byte(0x09);
        escaping.cell(out, cells, column);
      }
      out.byte(0x0a);
    },
    end: (out, rowCount) => writeEnd(out, markup.footers(rowCount)),
  };
}

/** tbl is told anew (.T&) how lines are laid out before each record's number and before its fields. */
function expandedWriter(markup: MarkupTable, options: PrintOptions): RowWriter {
  const { border, tuplesOnly } = options;
  return {
    begin(out) {
      writeBegin(out, markup, options);
      if (tuplesOnly) out.text('c l;\n');
    },
    row(out, cells, record) {
      if (!tuplesOnly) {
        if (border >= 2 && record > 1) out.text('_\n');
        if (record > 1) out.text('.T&\n');
        out.text(`c s.\n\\fIRecord ${record}\\fP\n`);
      }
      if (border >= 1) out.text('_\n');
      if (!tuplesOnly) out.text(border === 1 ? '.T&\nc | l.\n' : '.T&\nc l.\n');
      markup.names.forEach((name, column) => {
        escaping.write(out, name);
        out.byte(0x09);
        escaping.cell(out, cells, column);
        out.byte(0x0a);
      });
    },
    end: (out) => writeEnd(out, markup.ownFooters),
  };
}

function writeBegin(out: BlockWriter, markup: MarkupTable, options: PrintOptions): void {
  if (markup.title !== undefined) {
    out.text('.LP\n.DS C\n');
    escaping.write(out, markup.title);
    out.text('\n.DE\n');
  }
  out.text(`.LP\n.TS\n${options.border >= 2 ? 'center box' : 'center'};\n`);
}

function writeEnd(out: BlockWriter, footers: readonly Buffer[]): void {
  out.text('.TE\n.DS L\n');
  for (const footer of footers) {
    escaping.write(out, footer);
    out.byte(0x0a);
  }
  out.text('.DE\n');
}
