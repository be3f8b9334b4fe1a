import type { BlockWriter } from './block-writer.ts';
import { Escape } from './escape.ts';
import { type MarkupTable, markupTable } from './markup-table.ts';
import type { PrintFormat } from './print-format.ts';
import { type RowWriter, writeRows } from './write-rows.ts';

/** A table as GitHub's Markdown has it. It needs its header, so tuples-only mode leaves out the title alone. */
export const markdown: PrintFormat = {
  name: 'markdown',
  write: (table, options, surroundings) => {
    const markup = markupTable(table, options, surroundings);
    return writeRows(table, options, surroundings, options.expanded === 'on' ? expandedWriter(markup) : plainWriter(markup));
  },
};

const escaping = new Escape({
  '|': '\\|',
  '\\': '\\\\',
  '<': '&lt;',
  '&': '&amp;',
  '*': '\\*',
  _: '\\_',
  '`': '\\`',
  '\n': '<br>',
  '\r': '',
});

function plainWriter(markup: MarkupTable): RowWriter {
  return {
    begin(out) {
      writeTitle(out, markup);
      for (const name of markup.names) {
        out.text('| ');
        escaping.write(out, name);
        out.byte(0x20);
      }
      out.text('|\n');
      for (const isRight of markup.isRight) out.text(isRight ? '| ---: ' : '| --- ');
      out.text('|\n');
    },
    row(out, cells) {
      for (let column = 0; column < cells.count; column++) {
        out.text('| ');
        escaping.cell(out, cells, column);
        out.byte(0x20);
      }
      out.text('|\n');
    },
    end: () => {},
  };
}

/** A table of names and values for each record. */
function expandedWriter(markup: MarkupTable): RowWriter {
  return {
    begin: (out) => writeTitle(out, markup),
    row(out, cells, record) {
      out.text(`${record > 1 ? '\n' : ''}| column | value |\n| --- | --- |\n`);
      markup.names.forEach((name, column) => {
        out.text('| ');
        escaping.write(out, name);
        out.text(' | ');
        escaping.cell(out, cells, column);
        out.text(' |\n');
      });
    },
    end: () => {},
  };
}

function writeTitle(out: BlockWriter, { title }: MarkupTable): void {
  if (title === undefined) return;
  escaping.write(out, title);
  out.text('\n\n');
}
