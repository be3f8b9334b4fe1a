import type { RowBatch } from '../result/row-batch.ts';
import type { AlignedLayout } from './aligned-layout.ts';
import type { BlockWriter } from './block-writer.ts';
import { type CellLine, CellLines, fittingBytes } from './cell-lines.ts';
import { CellSize } from './cell-size.ts';
import type { PrintSurroundings, PrintTable } from './print-format.ts';
import type { PrintOptions } from './print-options.ts';
import { RowCells } from './row-cells.ts';

/** How far a cell of several display lines is printed. */
interface CellProgress {
  readonly lines: CellLines;
  /** Bytes of its current line already printed. */
  offset: number;
  /** How the cell goes on in the next display line. */
  mark: 'none' | 'wrap' | 'newline';
}

/** Writes the rows of an aligned table: most of them as one line of copied bytes, those with newlines or wrapping in several. */
export class AlignedRows {
  readonly #layout: AlignedLayout;
  readonly #cells: RowCells;
  readonly #sizes: readonly CellSize[];
  readonly #widths: Uint32Array;
  readonly #isRight: readonly boolean[];
  readonly #isPadded: readonly boolean[];
  /** What stands before each column and at the end of a row, where nothing wraps. */
  readonly #before: readonly Buffer[];
  readonly #end: Buffer;

  constructor(table: PrintTable, options: PrintOptions, surroundings: PrintSurroundings, layout: AlignedLayout) {
    const { border, style } = layout;
    const last = table.columns.length - 1;
    this.#layout = layout;
    this.#cells = new RowCells(table, options, surroundings, 'escaped');
    this.#sizes = table.columns.map(() => new CellSize(layout.charset));
    this.#widths = Uint32Array.from(layout.widths);
    this.#isRight = table.columns.map((column) => column.align === 'right');
    // A left-aligned last column is padded only up to a right border.
    this.#isPadded = table.columns.map((_, column) => border === 2 || column < last);
    const first = border === 2 ? `${style.data.left} ` : border === 1 ? ' ' : '';
    const between = border === 0 ? ' ' : ` ${style.data.middle} `;
    this.#before = table.columns.map((_, column) => Buffer.from(column === 0 ? first : between, 'utf8'));
    this.#end = Buffer.from(border === 2 ? ` ${style.data.right}\n` : '\n', 'utf8');
  }

  /** Of a row of several lines that is what yields blocks as they are full. */
  write(out: BlockWriter, batch: RowBatch, row: number): Iterable<Buffer> | undefined {
    const cells = this.#cells;
    cells.read(batch, row);
    let isPlain = true;
    for (let column = 0; column < cells.count; column++) {
      const size = this.#sizes[column] as CellSize;
      size.measure(cells.sources[column] as Buffer, cells.starts[column] as number, cells.ends[column] as number);
      if (!size.isPlain || size.width > (this.#widths[column] as number)) isPlain = false;
    }
    if (!isPlain) return this.#writeLines(out);
    this.#writePlain(out);
    return undefined;
  }

  #writePlain(out: BlockWriter): void {
    const cells = this.#cells;
    for (let column = 0; column < cells.count; column++) {
      const padding = (this.#widths[column] as number) - (this.#sizes[column] as CellSize).width;
      out.bytes(this.#before[column] as Buffer);
      if (this.#isRight[column] === true) out.spaces(padding);
      out.slice(cells.sources[column] as Buffer, cells.starts[column] as number, cells.ends[column] as number);
      if (this.#isRight[column] !== true && this.#isPadded[column] === true) out.spaces(padding);
    }
    out.bytes(this.#end);
  }

  *#writeLines(out: BlockWriter): Iterable<Buffer> {
    const { border, style } = this.#layout;
    const cells = this.#cells;
    const progress = cells.sources.map((source, column): CellProgress => {
      const lines = new CellLines(source, cells.starts[column] as number, cells.ends[column] as number, this.#layout.charset);
      return { lines, offset: 0, mark: 'none' };
    });
    do {
      if (border === 2) out.text(style.data.left);
      progress.forEach((cell, column) => {
        this.#writeCellLine(out, cell, column);
        const next = progress[column + 1];
        if (border !== 0 && next !== undefined) out.text(this.#divider(next));
      });
      if (border === 2) out.text(style.data.right);
      out.byte(0x0a);
      if (out.hasFull) yield* out.take();
    } while (progress.some((cell) => cell.lines.current !== undefined));
  }

  #writeCellLine(out: BlockWriter, cell: CellProgress, column: number): void {
    const { border, style } = this.#layout;
    const width = this.#widths[column] as number;
    const isRight = this.#isRight[column] === true;
    const isPadded = this.#isPadded[column] === true;
    const line = cell.lines.current;
    if (border !== 0) out.text(cell.mark === 'wrap' ? style.wrapLeft : cell.mark === 'newline' ? style.newlineLeft : ' ');
    let used = width;
    if (line === undefined) {
      if (isPadded) out.spaces(width);
    } else {
      const fitting = fittingBytes(line.bytes, cell.offset, width, this.#layout.charset);
      used = Math.min(fitting.width, width);
      if (isRight) out.spaces(width - used);
      out.slice(line.bytes, cell.offset, fitting.end);
      advance(cell, line, fitting.end);
    }
    cell.mark = cell.lines.current === undefined ? 'none' : cell.offset > 0 ? 'wrap' : cell.lines.number > 0 ? 'newline' : 'none';
    if (!isRight && (isPadded || cell.mark !== 'none')) out.spaces(width - used);
    if (cell.mark === 'wrap') out.text(style.wrapRight);
    else if (cell.mark === 'newline') out.text(style.newlineRight);
    else if (isPadded) out.byte(0x20);
  }

  /** The divider tells how the cell right of it goes on from the line above. */
  #divider(next: CellProgress): string {
    const { style } = this.#layout;
    if (next.mark === 'wrap') return style.middleWrap;
    if (next.mark === 'newline') return style.middleNewline;
    return next.lines.current === undefined ? style.middleBlank : style.data.middle;
  }
}

function advance(cell: CellProgress, line: CellLine, end: number): void {
  if (end < line.bytes.length) {
    cell.offset = end;
  } else {
    cell.lines.advance();
    cell.offset = 0;
  }
}
