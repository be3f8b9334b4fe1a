import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellBytes } from '../../../src/result/row-batch.ts';
import type { WireEvent } from '../../../src/server/backend-messages.ts';
import { WireReader } from '../../../src/server/wire-reader.ts';
import {
  commandComplete,
  dataRow,
  errorResponse,
  int16,
  int32,
  lying,
  message,
  parameterStatus,
  readyForQuery,
  rowDescription,
  text,
} from './wire-messages.ts';

type Told = Exclude<WireEvent, { type: 'rows' } | { type: 'copyData' }> | { rows: (string | null)[][] } | { copied: string };

/**
 * Takes what is there and writes it down; rows and copied bytes that follow each other as one, since batches follow the reads.
 * Copied bytes are written a character a byte: a character of several may have been cut.
 */
function tell(reader: WireReader, told: Told[]): void {
  for (let event = reader.take(); event !== undefined; event = reader.take()) {
    const last = told.at(-1);
    if (event.type === 'rows') {
      const { batch } = event;
      const rows = Array.from({ length: batch.rowCount }, (_, row) =>
        Array.from({ length: batch.columnCount }, (_, column) => cellBytes(batch, row, column)?.toString() ?? null),
      );
      if (last !== undefined && 'rows' in last) last.rows.push(...rows);
      else told.push({ rows });
    } else if (event.type === 'copyData') {
      if (last !== undefined && 'copied' in last) last.copied += event.bytes.toString('latin1');
      else told.push({ copied: event.bytes.toString('latin1') });
    } else told.push(event);
  }
}

function read(pieces: readonly Buffer[], takes: 'each' | 'end' = 'each'): Told[] {
  const reader = new WireReader();
  const told: Told[] = [];
  for (const piece of pieces) {
    reader.push(piece);
    if (takes === 'each') tell(reader, told);
  }
  tell(reader, told);
  expect(reader.queuedBytes).toBe(0);
  return told;
}

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  for (let index = 0; at < bytes.length; index++) {
    const size = sizes[index % sizes.length] ?? 1;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

const anyText = fc.string({ unit: 'grapheme', maxLength: 40 }).map((value) => value.replaceAll('\0', ''));
const result = fc
  .integer({ min: 0, max: 5 })
  .chain((columns) =>
    fc
      .array(fc.array(fc.option(anyText, { nil: null }), { minLength: columns, maxLength: columns }), { maxLength: 20 })
      .map((rows) =>
        Buffer.concat([
          rowDescription(...Array.from({ length: columns }, (_, index) => `c${index}`)),
          ...rows.map((row) => dataRow(...row)),
        ]),
      ),
  );
const copied = fc.array(anyText, { maxLength: 10 }).map((parts) => Buffer.concat(parts.map((part) => message('d', Buffer.from(part)))));
const other = fc.oneof(
  anyText.map((tag) => commandComplete(tag)),
  fc.constant(message('I')),
  fc.constantFrom('I', 'T', 'E').map((status) => readyForQuery(status)),
  anyText.map((value) => errorResponse({ S: 'ERROR', V: 'ERROR', C: '42601', M: value, P: '3' })),
  anyText.map((value) => errorResponse({ S: 'NOTICE', M: value, D: 'detail', H: 'hint' }, 'N')),
  anyText.map((value) => parameterStatus('TimeZone', value)),
  anyText.map((value) => message('A', int32(7), text('channel'), text(value))),
  fc.constantFrom(message('1'), message('2'), message('n'), message('c'), message('H', Buffer.of(0), int16(0))),
);
const stream = fc.array(fc.oneof(result, copied, other), { maxLength: 12 }).map((parts) => Buffer.concat(parts));

describe('the same bytes give the same events', () => {
  test('byte by byte, cut anywhere, and all at once', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 20 }), (bytes, sizes) => {
        const whole = read([bytes]);
        expect(read(cut(bytes, [1]))).toEqual(whole);
        expect(read(cut(bytes, sizes))).toEqual(whole);
        expect(read(cut(bytes, sizes), 'end')).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });

  test('also over the ends of chunks and with rows larger than one', () => {
    const rows = Array.from({ length: 400 }, (_, row) => [String(row), 'x'.repeat((row * 7919) % 3000), row % 3 === 0 ? null : '']);
    rows.splice(200, 0, ['big', 'y'.repeat(1_000_000), 'z'.repeat(300_000)]);
    const bytes = Buffer.concat([
      rowDescription('a', 'b', 'c'),
      ...rows.map((row) => dataRow(...row)),
      commandComplete('SELECT'),
      readyForQuery(),
    ]);
    for (const sizes of [[65536], [8192], [131072], [1_000_003], [17, 40_000], [bytes.length]]) {
      const told = read(cut(bytes, sizes));
      expect(told.map((event) => ('rows' in event ? 'rows' : 'type' in event ? event.type : ''))).toEqual([
        'columns',
        'rows',
        'complete',
        'ready',
      ]);
      expect(told[1]).toEqual({ rows });
      expect(read(cut(bytes, sizes), 'end')).toEqual(told);
    }
  });
});

describe('lending', () => {
  test('a batch stays good while more bytes arrive, until the next event is taken', () => {
    const reader = new WireReader();
    reader.push(rowDescription('a'));
    reader.take();
    reader.push(dataRow('first'));
    const event = reader.take();
    for (let round = 0; round < 10_000; round++) reader.push(dataRow(`row ${round}`));
    expect(event?.type === 'rows' && cellBytes(event.batch, 0, 0)?.toString()).toBe('first');
    expect(event?.type === 'rows' && event.batch.rowCount).toBe(1);
  });

  test('the bytes that wait are counted, and none wait at the end', () => {
    const reader = new WireReader();
    reader.push(rowDescription('a'));
    for (let round = 0; round < 100; round++) reader.push(dataRow('x'.repeat(1000)));
    expect(reader.queuedBytes).toBeGreaterThan(100_000);
    while (reader.take() !== undefined);
    expect(reader.queuedBytes).toBe(0);
  });
});

const oneColumn = rowDescription('a');

const hostile: readonly (readonly [string, Buffer, RegExp])[] = [
  ['a length of zero', lying('D', 0), /got message type "D", length 0/],
  ['a negative length', lying('T', -1), /got message type "T", length -1/],
  ['two gigabytes declared', lying('D', 0x7fffffff), /got message type "D", length 2147483647/],
  ['a short message declared long', lying('Z', 40_000), /got message type "Z", length 40000/],
  ['an unknown type', message('!', Buffer.from('zz')), /unknown type "!"/],
  ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), /lost synchronization/],
  ['columns that are not there', message('T', int16(0x7fff), int16(1)), /ends too early/],
  ['a negative number of columns', message('T', int16(-1)), /negative number of columns/],
  ['a row before its columns', dataRow('x'), /unexpected field count/],
  ['a row with too many fields', Buffer.concat([oneColumn, dataRow('x', 'y')]), /unexpected field count/],
  ['a row with too few fields', Buffer.concat([oneColumn, message('D', int16(0))]), /unexpected field count/],
  ['an empty row message', Buffer.concat([oneColumn, message('D')]), /unexpected field count/],
  ['a field longer than its row', Buffer.concat([oneColumn, message('D', int16(1), int32(5), Buffer.from('abc'))]), /insufficient data/],
  ['a field of 2 GB', Buffer.concat([oneColumn, message('D', int16(1), int32(0x7fffffff))]), /insufficient data/],
  ['bytes after the last field', Buffer.concat([oneColumn, message('D', int16(1), int32(0), Buffer.from('abc'))]), /insufficient data/],
  ['a field without a length', Buffer.concat([oneColumn, message('D', int16(1), Buffer.of(0))]), /insufficient data/],
  ['an error without its end', message('E', Buffer.from('SERROR')), /without its end/],
  ['an error that ends in a field', message('E', Buffer.from('SERROR\0')), /ends too early/],
  ['an empty ready', message('Z'), /ends too early/],
  ['an unknown transaction status', readyForQuery('?'), /unknown transaction status/],
  ['half a parameter', message('S', text('TimeZone')), /without its end/],
  ['half a notification', message('A', int16(1)), /ends too early/],
  ['a tag without its end', message('C', Buffer.from('SELECT 1')), /without its end/],
  ['a copy response cut short', message('G', Buffer.of(0)), /ends too early/],
];

describe('a hostile server', () => {
  test.each(hostile)('%s', (_, bytes, reason) => {
    const told = read([bytes, dataRow('after')]);
    const last = told.at(-1);
    expect(last).toEqual({ type: 'lost', reason: expect.stringMatching(reason) });
    expect(read(cut(Buffer.concat([bytes, dataRow('after')]), [1]))).toEqual(told);
  });

  test('what was read before is kept, and nothing comes after', () => {
    const told = read([Buffer.concat([oneColumn, dataRow('kept'), lying('D', 3), dataRow('dropped')])]);
    expect(told.slice(1)).toEqual([{ rows: [['kept']] }, { type: 'lost', reason: expect.any(String) }]);
  });

  test('a declared gigabyte takes no memory before it arrives', () => {
    const reader = new WireReader();
    const before = process.memoryUsage.rss();
    reader.push(Buffer.concat([oneColumn, lying('D', 0x3fffffff), Buffer.alloc(200_000)]));
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 1024 * 1024);
  });

  test('no bytes make it throw', () => {
    const type = fc.constantFrom(...Array.from('RKSENTDCIZAGHd123ntcsvW!'));
    const frame = fc.tuple(type, fc.uint8Array({ maxLength: 40 })).map(([code, body]) => message(code, Buffer.from(body)));
    const noise = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
    const bytes = fc.array(fc.oneof({ weight: 6, arbitrary: frame }, { weight: 2, arbitrary: stream }, { weight: 1, arbitrary: noise }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 50 }), (parts, size) => {
        const all = Buffer.concat(parts);
        const told = read([all]);
        expect(read(cut(all, [size]))).toEqual(told);
        const lost = told.findIndex((event) => 'type' in event && event.type === 'lost');
        expect(lost === -1 || lost === told.length - 1).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('bytes changed at random within a good stream', () => {
    const changes = fc.array(fc.tuple(fc.nat(10_000), fc.nat(255)), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(stream, changes, (good, places) => {
        const bytes = Buffer.from(good);
        for (const [place, value] of places) if (bytes.length > 0) bytes[place % bytes.length] = value;
        expect(read(cut(bytes, [7]))).toEqual(read([bytes]));
      }),
      { numRuns: 500 },
    );
  });
});
