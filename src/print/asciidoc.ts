import type { BlockWriter } from './block-writer.ts';
import { Escape, isBlank } from './escape.ts';
import { type MarkupTable, markupTable } from './markup-table.ts';
import type { PrintFormat } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';
import { type RowWriter, writeRows } from './write-rows.ts';

/** psql's AsciiDoc table. */
export const asciidoc: PrintFormat = {
  name: 'asciidoc',
  write: (table, options, surroundings) => {
    const markup = markupTable(table, options, surroundings);
    const writer = options.expanded === 'on' ? expandedWriter(markup, options) : plainWriter(markup, options);
    return writeRows(table, options, surroundings, writer);
  },
};

const escaping = new Escape({ '|': '\\|' });
const frames = [',frame="none",grid="none"', ',frame="none"', ',frame="all",grid="all"'];

function plainWriter(markup: MarkupTable, options: PrintOptions): RowWriter {
  return {
    begin(out) {
      const header = options.tuplesOnly ? '' : 'options="header",';
      writeBegin(out, markup, options, `${header}cols="${markup.isRight.map(alignment).join(',')}"`);
      if (options.tuplesOnly) return;
      markup.names.forEach((name, column) => {
        out.text(column > 0 ? ' ^l|' : '^l|');
        escaping.write(out, name);
      });
      out.byte(0x0a);
    },
    row(out, cells) {
      for (let column = 0; column < cells.count; column++) {
        out.text(column > 0 ? ' |' : '|');
        if (!isBlank(cells, column)) escaping.cell(out, cells, column);
        else if (column + 1 < cells.count) out.byte(0x20);
      }
      out.byte(0x0a);
    },
    end: (out, rowCount) => writeEnd(out, markup.footers(rowCount)),
  };
}

function expandedWriter(markup: MarkupTable, options: PrintOptions): RowWriter {
  return {
    begin: (out) => writeBegin(out, markup, options, 'cols="h,l"'),
    row(out, cells, record) {
      out.text(options.tuplesOnly ? '2+|\n' : `2+^|Record ${record}\n`);
      markup.names.forEach((name, column) => {
        out.text('<l|');
        escaping.write(out, name);
        out.text(` ${alignment(markup.isRight[column] === true)}|`);
        if (isBlank(cells, column)) out.byte(0x20);
        else escaping.cell(out, cells, column);
        out.byte(0x0a);
      });
    },
    end: (out) => writeEnd(out, markup.ownFooters),
  };
}

function alignment(isRight: boolean): string {
  return isRight ? '>l' : '<l';
}

function writeBegin(out: BlockWriter, markup: MarkupTable, options: PrintOptions, attributes: string): void {
  out.byte(0x0a);
  if (markup.title !== undefined) {
    out.byte(0x2e);
    out.bytes(markup.title);
    out.byte(0x0a);
  }
  out.text(`[${attributes}${frames[options.border] ?? ''}]\n|====\n`);
}

function writeEnd(out: BlockWriter, footers: readonly Buffer[]): void {
  out.text('|====\n');
  if (footers.length === 0) return;
  out.text('\n....\n');
  for (const footer of footers) {
    out.bytes(footer);
    out.byte(0x0a);
  }
  out.text('....\n');
}
