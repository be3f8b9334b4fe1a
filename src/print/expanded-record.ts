import type { BlockWriter } from './block-writer.ts';
import { type CellLine, CellLines, fittingBytes } from './cell-lines.ts';
import type { ExpandedLayout } from './expanded-layout.ts';
import type { LineStyle, Rule } from './line-style.ts';
import type { Portion } from './print-format.ts';
import type { RowCells } from './row-cells.ts';

/** Writes the records of an expanded aligned table. */
export class ExpandedRecord {
  readonly #layout: ExpandedLayout;
  readonly #style: LineStyle;
  readonly #tuplesOnly: boolean;
  /** Names carry their newline mark to their left: old-ascii without a full border. */
  readonly #hasLeftMarks: boolean;
  #record: number;
  #isAtTop = true;
  readonly #isFirstPortion: boolean;

  constructor(layout: ExpandedLayout, style: LineStyle, tuplesOnly: boolean, portion: Portion) {
    this.#layout = layout;
    this.#style = style;
    this.#tuplesOnly = tuplesOnly;
    this.#record = portion.rowsBefore;
    this.#isFirstPortion = portion.isFirst;
    this.#hasLeftMarks = layout.hasNameNewlines && !style.hasRightMarks;
  }

  /** Yields blocks that are full before the record is written. */
  *write(out: BlockWriter, cells: RowCells): Iterable<Buffer> {
    const { border, charset, nameWidth, names } = this.#layout;
    const rule = this.#isAtTop ? this.#style.top : this.#style.header;
    const width = nameWidth + (border < 2 && this.#hasLeftMarks ? 1 : 0);
    this.#record++;
    if (!this.#tuplesOnly) {
      this.#writeRule(out, rule, width, border === 0 ? `* Record ${this.#record}` : `[ RECORD ${this.#record} ]`);
    } else if (!this.#isAtTop || !this.#isFirstPortion || border === 2) {
      this.#writeRule(out, rule, width, '');
    }
    this.#isAtTop = false;
    for (let column = 0; column < cells.count; column++) {
      const value = new CellLines(cells.sources[column] as Buffer, cells.starts[column] as number, cells.ends[column] as number, charset);
      yield* this.#writeField(out, names[column] ?? [], value);
    }
  }

  writeEnd(out: BlockWriter): void {
    if (this.#layout.border === 2) this.#writeRule(out, this.#style.bottom, this.#layout.nameWidth, '');
  }

  /** A horizontal line with the record's number in it, which may run over the joint and into the values' part. */
  #writeRule(out: BlockWriter, rule: Rule, nameWidth: number, label: string): void {
    const { border, dataWidth, headerWidth } = this.#layout;
    const fill = border === 0 ? ' ' : rule.horizontal;
    let line = border === 2 ? rule.left + rule.horizontal : border === 1 ? rule.horizontal : '';
    line += label;
    const taken = label.length + (border === 2 ? 0 : 1);
    line += fill.repeat(Math.max(0, nameWidth - taken));
    let over = taken - nameWidth;
    const isShort = headerWidth === 'column';
    const joints = border === 0 ? [' '] : [rule.horizontal, isShort ? rule.right : rule.middle, isShort ? '' : rule.horizontal];
    for (const joint of joints) {
      if (over <= 0) line += joint;
      over--;
    }
    if (!isShort) {
      line += fill.repeat(Math.max(0, Math.min(dataWidth, this.#ruleLimit(nameWidth)) - Math.max(0, over)));
      if (border === 2) line += rule.horizontal + rule.right;
    }
    out.text(`${line}\n`);
  }

  /** Columns of the values' part of a rule that \pset xheader_width leaves. */
  #ruleLimit(nameWidth: number): number {
    const { border, headerWidth } = this.#layout;
    if (typeof headerWidth !== 'number' || headerWidth <= 0) return Number.POSITIVE_INFINITY;
    return Math.max(0, headerWidth - nameWidth - ([0, 3, 7][border] ?? 0));
  }

  *#writeField(out: BlockWriter, name: readonly CellLine[], value: CellLines): Iterable<Buffer> {
    const { border, charset, dataWidth } = this.#layout;
    const style = this.#style;
    let nameLine = 0;
    let offset = 0;
    let isValueDone = false;
    while (nameLine < name.length || !isValueDone) {
      if (border === 2) out.text(style.data.left);
      this.#writeName(out, name, nameLine);
      if (nameLine < name.length) nameLine++;
      // Beside the rest of a long name psql goes by where the value ended: a non-empty last line counts as wrapped.
      if (border > 0) out.text(offset > 0 ? style.middleWrap : value.number === 0 ? style.data.middle : style.middleNewline);
      const line = value.current;
      if (isValueDone || line === undefined) {
        this.#writeNoValue(out);
        continue;
      }
      const fitting = fittingBytes(line.bytes, offset, dataWidth, charset);
      out.text(offset === 0 ? ' ' : style.wrapLeft);
      out.slice(line.bytes, offset, fitting.end);
      offset = fitting.end;
      const isLineDone = offset >= line.bytes.length;
      isValueDone = isLineDone && value.isLast;
      this.#writeValueEnd(out, dataWidth - fitting.width, isValueDone ? undefined : isLineDone ? style.newlineRight : style.wrapRight);
      if (isLineDone && !isValueDone) {
        value.advance();
        offset = 0;
      }
      if (out.hasFull) yield* out.take();
    }
  }

  #writeNoValue(out: BlockWriter): void {
    if (this.#layout.border === 2) {
      out.spaces(this.#layout.dataWidth + 2);
      out.text(this.#style.data.right);
    }
    out.byte(0x0a);
  }

  #writeName(out: BlockWriter, name: readonly CellLine[], at: number): void {
    const { border, nameWidth, hasNameNewlines } = this.#layout;
    const style = this.#style;
    const hasRightMark = border > 0 || (hasNameNewlines && style.hasRightMarks);
    const line = name[at];
    if (line === undefined) {
      const marks = (border < 2 && this.#hasLeftMarks ? 1 : 0) + (border === 0 && hasNameNewlines && style.hasRightMarks ? 1 : 0);
      out.spaces(Math.max(1, nameWidth + border + marks));
      return;
    }
    if (border === 2 || this.#hasLeftMarks) out.text(at > 0 ? style.headerNewlineLeft : ' ');
    out.bytes(line.bytes);
    out.spaces(nameWidth - line.width);
    if (hasRightMark) out.text(at + 1 < name.length ? style.headerNewlineRight : ' ');
  }

  #writeValueEnd(out: BlockWriter, padding: number, mark: string | undefined): void {
    const { border, hasMarks } = this.#layout;
    const style = this.#style;
    if (border === 2 || (mark !== undefined && hasMarks && style.hasRightMarks)) {
      out.spaces(padding);
      out.text(mark ?? ' ');
    }
    if (border === 2) out.text(style.data.right);
    out.byte(0x0a);
  }
}
