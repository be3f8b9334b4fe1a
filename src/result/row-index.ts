/** Where some of the rows begin: a mark at least every 64 rows, and more often where rows are long. */
export class RowIndex {
  #rows = new Float64Array(64);
  #positions = new Float64Array(64);
  #count = 0;

  /** Called for every row in order; keeps a mark where one is due. */
  add(row: number, position: number): void {
    const last = this.#count - 1;
    if (last >= 0 && row - this.#row(last) < rowsPerMark && position - this.position(last) < bytesPerMark) return;
    if (this.#count === this.#rows.length) {
      this.#rows = doubled(this.#rows);
      this.#positions = doubled(this.#positions);
    }
    this.#rows[this.#count] = row;
    this.#positions[this.#count] = position;
    this.#count++;
  }

  get count(): number {
    return this.#count;
  }

  /** The last mark at or before a row. */
  markBefore(row: number): number {
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#row(middle) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  row(mark: number, otherwise: number): number {
    return mark < this.#count ? this.#row(mark) : otherwise;
  }

  position(mark: number, otherwise = 0): number {
    return mark < this.#count ? (this.#positions[mark] ?? 0) : otherwise;
  }

  #row(mark: number): number {
    return this.#rows[mark] ?? 0;
  }
}

const rowsPerMark = 64;
const bytesPerMark = 64 * 1024;

function doubled(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(array.length * 2);
  longer.set(array);
  return longer;
}
