const blockSize = 128 * 1024;
// Up to this length a loop beats the call of Buffer.copy.
const shortCopy = 32;

/** Collects output bytes in blocks. A block that is taken belongs to the taker; the writer goes on with a fresh one. */
export class BlockWriter {
  #block = Buffer.allocUnsafeSlow(blockSize);
  #length = 0;
  #full: Buffer[] = [];

  /** Whether a block is full and waits to be taken. */
  get hasFull(): boolean {
    return this.#full.length > 0;
  }

  /** The full blocks, and with `all` also what the current one holds. */
  take(all = false): readonly Buffer[] {
    if (all) this.#seal(0);
    const full = this.#full;
    if (full.length > 0) this.#full = [];
    return full;
  }

  byte(value: number): void {
    if (this.#length === this.#block.length) this.#seal(blockSize);
    this.#block[this.#length++] = value;
  }

  bytes(source: Buffer): void {
    this.slice(source, 0, source.length);
  }

  slice(source: Buffer, start: number, end: number): void {
    const length = end - start;
    if (this.#length + length > this.#block.length) this.#seal(Math.max(length, blockSize));
    const block = this.#block;
    let to = this.#length;
    if (length > shortCopy) {
      source.copy(block, to, start, end);
    } else {
      for (let from = start; from < end; from++) block[to++] = source[from] as number;
    }
    this.#length += length;
  }

  text(text: string): void {
    const { length } = text;
    if (length > shortCopy || this.#length + length > this.#block.length) {
      this.bytes(Buffer.from(text, 'utf8'));
      return;
    }
    const block = this.#block;
    for (let at = 0; at < length; at++) {
      const unit = text.charCodeAt(at);
      if (unit > 0x7e) {
        this.bytes(Buffer.from(text, 'utf8'));
        return;
      }
      block[this.#length + at] = unit;
    }
    this.#length += length;
  }

  /** `count` times the same byte; none where the count is negative. */
  repeat(value: number, count: number): void {
    if (count <= 0) return;
    if (this.#length + count > this.#block.length) this.#seal(Math.max(count, blockSize));
    this.#block.fill(value, this.#length, this.#length + count);
    this.#length += count;
  }

  spaces(count: number): void {
    if (count > shortCopy || this.#length + count > this.#block.length) {
      this.repeat(0x20, count);
      return;
    }
    const block = this.#block;
    let to = this.#length;
    for (let left = count; left > 0; left--) block[to++] = 0x20;
    this.#length = to;
  }

  #seal(nextSize: number): void {
    if (this.#length > 0) this.#full.push(this.#block.subarray(0, this.#length));
    this.#block = nextSize === 0 ? Buffer.alloc(0) : Buffer.allocUnsafeSlow(nextSize);
    this.#length = 0;
  }
}
