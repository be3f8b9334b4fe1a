import type { BlockWriter } from './block-writer.ts';
import { Escape } from './escape.ts';
import { type MarkupTable, markupTable } from './markup-table.ts';
import type { PrintFormat } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';
import { type RowWriter, writeRows } from './write-rows.ts';

/** psql's LaTeX tabular. */
export const latex: PrintFormat = {
  name: 'latex',
  write: (table, options, surroundings) => {
    const markup = markupTable(table, options, surroundings);
    const writer = options.expanded === 'on' ? expandedWriter(markup, options) : tabularWriter(markup, options);
    return writeRows(table, options, surroundings, writer);
  },
};

/** psql's LaTeX longtable; expanded it is a tabular as `latex`. */
export const latexLongtable: PrintFormat = {
  name: 'latex-longtable',
  write: (table, options, surroundings) => {
    const markup = markupTable(table, options, surroundings);
    const writer = options.expanded === 'on' ? expandedWriter(markup, options) : longtableWriter(markup, options);
    return writeRows(table, options, surroundings, writer);
  },
};

const escaping = new Escape({
  '#': '\\#',
  $: '\\$',
  '%': '\\%',
  '&': '\\&',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '\\': '\\textbackslash{}',
  '^': '\\^{}',
  _: '\\_',
  '{': '\\{',
  '|': '\\textbar{}',
  '}': '\\}',
  '~': '\\~{}',
  '\n': '\\\\',
});

function tabularWriter(markup: MarkupTable, options: PrintOptions): RowWriter {
  const { border, tuplesOnly } = options;
  return {
    begin(out) {
      writeTitle(out, markup);
      out.text(`\\begin{tabular}{${columnSpecification(markup.isRight.map(alignment), border)}}\n`);
      if (tuplesOnly) return;
      if (border >= 2) out.text('\\hline\n');
      writeNames(out, markup, '\\textit{', '}');
      out.text('\\hline\n');
    },
    row(out, cells) {
      for (let column = 0; column < cells.count; column++) {
        if (column > 0) out.text(' & ');
        escaping.cell(out, cells, column);
      }
      out.text(border >= 3 ? ' \\\\\n\\hline\n' : ' \\\\\n');
    },
    end: (out, rowCount) => writeEnd(out, border === 2, markup.footers(rowCount)),
  };
}

function expandedWriter(markup: MarkupTable, options: PrintOptions): RowWriter {
  const border = Math.min(options.border, 2);
  return {
    begin(out) {
      writeTitle(out, markup);
      out.text(`\\begin{tabular}{${['cl', 'c|l', '|c|l|'][border] ?? ''}}\n`);
    },
    row(out, cells, record) {
      if (!options.tuplesOnly) {
        const specification = border === 2 ? '|c|' : 'c';
        out.text(`${border === 2 ? '\\hline\n' : ''}\\multicolumn{2}{${specification}}{\\textit{Record ${record}}} \\\\\n`);
      }
      if (border >= 1) out.text('\\hline\n');
      markup.names.forEach((name, column) => {
        escaping.write(out, name);
        out.text(' & ');
        escaping.cell(out, cells, column);
        out.text(' \\\\\n');
      });
    },
    end: (out) => writeEnd(out, border === 2, markup.ownFooters),
  };
}

function longtableWriter(markup: MarkupTable, options: PrintOptions): RowWriter {
  const border = Math.min(options.border, 3);
  return {
    begin(out) {
      out.text(`\\begin{longtable}{${columnSpecification(longtableColumns(markup, options), border)}}\n`);
      if (!options.tuplesOnly) writeLongtableHeads(out, markup, border);
    },
    row(out, cells) {
      for (let column = 0; column < cells.count; column++) {
        out.text(column > 0 ? '\n&\n\\raggedright{' : '\\raggedright{');
        escaping.cell(out, cells, column);
        out.byte(0x7d);
      }
      out.text(border === 3 ? ' \\tabularnewline\n \\hline\n' : ' \\tabularnewline\n');
    },
    end: (out) => out.text('\\end{longtable}\n'),
  };
}

function alignment(isRight: boolean): string {
  return isRight ? 'r' : 'l';
}

function columnSpecification(columns: readonly string[], border: number): string {
  const joined = columns.join(border === 0 ? '' : ' | ');
  return border >= 2 ? `| ${joined} |` : joined;
}

/** \pset tableattr lists widths of the left-aligned columns as parts of the text's width; the last one serves the rest. */
function longtableColumns(markup: MarkupTable, options: PrintOptions): readonly string[] {
  const widths = (options.tableAttributes ?? '').split(/[ \t\n]+/).filter((width) => width !== '');
  let next = 0;
  return markup.isRight.map((isRight) => {
    if (isRight || widths.length === 0) return alignment(isRight);
    const width = widths[Math.min(next, widths.length - 1)];
    next++;
    return `p{${width}\\textwidth}`;
  });
}

function writeTitle(out: BlockWriter, { title }: MarkupTable): void {
  if (title === undefined) return;
  out.text('\\begin{center}\n');
  escaping.write(out, title);
  out.text('\n\\end{center}\n\n');
}

function writeNames(out: BlockWriter, markup: MarkupTable, before: string, after: string): void {
  markup.names.forEach((name, column) => {
    out.text((column > 0 ? ' & ' : '') + before);
    escaping.write(out, name);
    out.text(after);
  });
  out.text(' \\\\\n');
}

/** The heads and feet of the first page and of the others. */
function writeLongtableHeads(out: BlockWriter, markup: MarkupTable, border: number): void {
  if (border >= 2) out.text('\\toprule\n');
  writeNames(out, markup, '\\small\\textbf{\\textit{', '}}');
  out.text('\\midrule\n\\endfirsthead\n');
  if (border >= 2) out.text('\\toprule\n');
  writeNames(out, markup, '\\small\\textbf{\\textit{', '}}');
  out.text(border === 3 ? '\\endhead\n' : '\\midrule\n\\endhead\n');
  for (const [suffix, end] of [
    [' (Continued)', '\\endfoot\n'],
    ['', '\\endlastfoot\n'],
  ] as const) {
    if (border === 2 || (border > 2 && markup.title === undefined)) out.text('\\bottomrule\n');
    if (markup.title !== undefined) {
      out.text('\\caption[');
      escaping.write(out, markup.title);
      out.text(`${suffix}]{`);
      escaping.write(out, markup.title);
      out.text('}\n');
    }
    if (markup.title !== undefined || border >= 2) out.text(end);
  }
}

function writeEnd(out: BlockWriter, hasLine: boolean, footers: readonly Buffer[]): void {
  out.text(`${hasLine ? '\\hline\n' : ''}\\end{tabular}\n\n\\noindent `);
  for (const footer of footers) {
    escaping.write(out, footer);
    out.text(' \\\\\n');
  }
  out.byte(0x0a);
}
