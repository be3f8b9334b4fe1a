import { untrusted } from '../text/untrusted.ts';
import { decodeMessage, ProtocolError, type WireEvent } from './backend-messages.ts';
import { addRow, ChunkPool, chunkSize, type RowChunk, reset } from './row-chunk.ts';

const dataRow = 0x44;
const copyData = 0x64;
const headerSize = 5;

// The server builds no message over 1 GB (MaxAllocSize).
const maximumData = 0x4000_0000;
const maximumText = 256 * 1024 * 1024;
// libpq's limit for messages that are short by nature (VALID_LONG_MESSAGE_TYPE).
const maximumShort = 30_000;
const longTypes = new Set(Array.from('TENAVt', (type) => type.charCodeAt(0)));

type Queued =
  | { readonly kind: 'event'; readonly event: WireEvent; readonly size: number }
  | { readonly kind: 'rows'; readonly chunk: RowChunk; readonly first: number; readonly columnCount: number; count: number; size: number }
  | { readonly kind: 'copyData'; readonly chunk: RowChunk; readonly start: number; end: number; size: number };

/**
 * Turns the server's bytes, however they are cut, into events. Rows are not decoded: they stay where they were received, and
 * leave in batches as large as what arrived since the last one. Malformed bytes end the stream with a `lost` event.
 */
export class WireReader {
  readonly #pool = new ChunkPool();
  #chunk = this.#pool.take(0);
  #queue: Queued[] = [];
  #head = 0;
  #lent: RowChunk | undefined;
  #columnCount = 0;
  #isOver = false;
  #queuedBytes = 0;

  /** Bytes of the events waiting to be taken: the measure for back-pressure. */
  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  get hasEvents(): boolean {
    return this.#head < this.#queue.length;
  }

  /** Takes bytes in (copies them). Never throws. */
  push(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length && !this.#isOver) {
      const chunk = this.#writable();
      const taken = Math.min(chunk.bytes.length - chunk.fill, bytes.length - at);
      bytes.copy(chunk.bytes, chunk.fill, at, at + taken);
      chunk.fill += taken;
      at += taken;
      this.#parse(chunk);
    }
  }

  /** The next event. What the one before lent is taken back. */
  take(): WireEvent | undefined {
    this.#takeBack();
    const queued = this.#queue[this.#head];
    if (queued === undefined) return undefined;
    this.#head++;
    if (this.#head === this.#queue.length) {
      this.#queue = [];
      this.#head = 0;
    }
    this.#queuedBytes -= queued.size;
    if (queued.kind === 'event') return queued.event;
    const { chunk } = queued;
    this.#lent = chunk;
    if (queued.kind === 'copyData') return { type: 'copyData', bytes: chunk.bytes.subarray(queued.start, queued.end) };
    const { columnCount, count: rowCount } = queued;
    const offsets = chunk.offsets.subarray(queued.first, queued.first + rowCount);
    return { type: 'rows', batch: { columnCount, rowCount, bytes: chunk.bytes, offsets } };
  }

  /** Ends the stream: `lost` comes after what is queued, and nothing after it. */
  lose(reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#enqueue({ kind: 'event', event: { type: 'lost', reason: untrusted(reason) }, size: 0 });
  }

  /** The chunk for the next bytes, with room and with what is there of an unfinished message. */
  #writable(): RowChunk {
    const chunk = this.#chunk;
    if (chunk.references === 0 && chunk.parsed === chunk.fill) {
      if (chunk.bytes.length === chunkSize) return reset(chunk);
      this.#chunk = this.#pool.take(0);
      return this.#chunk;
    }
    if (chunk.fill < chunk.bytes.length) return chunk;
    const begun = chunk.fill - chunk.parsed;
    const needed = begun >= headerSize ? 1 + chunk.bytes.readInt32BE(chunk.parsed + 1) : headerSize;
    const next = this.#pool.take(needed);
    chunk.bytes.copy(next.bytes, 0, chunk.parsed, chunk.fill);
    next.fill = begun;
    this.#chunk = next;
    if (chunk.references === 0) this.#pool.give(chunk);
    return next;
  }

  #parse(chunk: RowChunk): void {
    const { bytes } = chunk;
    try {
      while (!this.#isOver && chunk.fill - chunk.parsed >= headerSize) {
        const at = chunk.parsed;
        const type = bytes[at] ?? 0;
        const length = bytes.readInt32BE(at + 1);
        if (length < 4 || length > maximumLength(type)) throw new ProtocolError(lostSynchronization(type, length));
        const end = at + 1 + length;
        if (end > chunk.fill) return;
        if (type === dataRow) this.#row(chunk, at + headerSize, end);
        else if (type === copyData) this.#copyData(chunk, at + headerSize, end);
        else this.#message(chunk, String.fromCharCode(type), at + headerSize, end);
        chunk.parsed = end;
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.lose(error.message);
    }
  }

  #row(chunk: RowChunk, start: number, end: number): void {
    checkRow(chunk.bytes, start, end, this.#columnCount);
    addRow(chunk, start + 2);
    const size = end - start;
    this.#queuedBytes += size;
    const last = this.#queue[this.#queue.length - 1];
    if (last !== undefined && last.kind === 'rows' && last.chunk === chunk) {
      last.count++;
      last.size += size;
      return;
    }
    chunk.references++;
    const first = chunk.rowCount - 1;
    this.#queue.push({ kind: 'rows', chunk, first, columnCount: this.#columnCount, count: 1, size });
  }

  /** Payloads that follow each other are moved together, over the header between them. */
  #copyData(chunk: RowChunk, start: number, end: number): void {
    const size = end - start;
    this.#queuedBytes += size;
    const last = this.#queue[this.#queue.length - 1];
    if (last !== undefined && last.kind === 'copyData' && last.chunk === chunk) {
      chunk.bytes.copyWithin(last.end, start, end);
      last.end += size;
      last.size += size;
      return;
    }
    chunk.references++;
    this.#queue.push({ kind: 'copyData', chunk, start, end, size });
  }

  #message(chunk: RowChunk, type: string, start: number, end: number): void {
    const event = decodeMessage(type, chunk.bytes, start, end);
    if (event === undefined) return;
    if (event.type === 'columns') this.#columnCount = event.columns.length;
    if (event.type === 'lost') this.#isOver = true;
    this.#enqueue({ kind: 'event', event, size: end - start });
  }

  #enqueue(queued: Queued): void {
    this.#queuedBytes += queued.size;
    this.#queue.push(queued);
  }

  #takeBack(): void {
    const chunk = this.#lent;
    if (chunk === undefined) return;
    this.#lent = undefined;
    chunk.references--;
    if (chunk.references === 0 && chunk !== this.#chunk) this.#pool.give(chunk);
  }
}

function maximumLength(type: number): number {
  if (type === dataRow || type === copyData) return maximumData;
  return longTypes.has(type) ? maximumText : maximumShort;
}

/** Everything behind the reader walks rows without looking at their bounds again. */
function checkRow(bytes: Buffer, start: number, end: number, columnCount: number): void {
  if (end - start < 2 || bytes.readUInt16BE(start) !== columnCount) {
    throw new ProtocolError('unexpected field count in "D" message');
  }
  let at = start + 2;
  for (let column = 0; column < columnCount; column++) {
    if (at + 4 > end) throw new ProtocolError('insufficient data in "D" message');
    const length = bytes.readInt32BE(at);
    at += 4 + Math.max(length, 0);
  }
  if (at !== end) throw new ProtocolError('insufficient data in "D" message');
}

/** libpq's words. */
function lostSynchronization(type: number, length: number): string {
  return `lost synchronization with server: got message type "${String.fromCharCode(type)}", length ${length}`;
}
