/** The texts of the server's messages, decoded (protocol, section "Message Formats"). A malformed one throws `ProtocolError`. */
import type { Column } from '../result/column.ts';
import type { ServerError } from '../result/server-error.ts';
import type { ServerEvent, TransactionStatus } from '../result/server-event.ts';
import { decodeLossless } from '../text/lossless.ts';
import { type Untrusted, untrusted } from '../text/untrusted.ts';

/** The server broke the protocol. Caught by the reader, which ends the session; never seen outside. */
export class ProtocolError extends Error {}

function broken(what: string): ProtocolError {
  return new ProtocolError(`protocol error: the server sent ${what}`);
}

/** What arrives while a session is being opened. */
type HandshakeEvent =
  | { readonly type: 'authentication'; readonly method: number; readonly data: Buffer }
  | { readonly type: 'backendKey'; readonly processId: number; readonly secretKey: Buffer };

export type WireEvent = ServerEvent | HandshakeEvent;

/** Reads one message's payload front to back, within its bounds. */
class Payload {
  readonly #bytes: Buffer;
  #at: number;
  readonly #end: number;

  constructor(bytes: Buffer, start: number, end: number) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#end;
  }

  byte(): number {
    return this.#bytes.readUInt8(this.#step(1));
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#step(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#step(4));
  }

  oid(): number {
    return this.#bytes.readUInt32BE(this.#step(4));
  }

  text(): Untrusted {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0 || end >= this.#end) throw broken('a text without its end');
    const text = decodeLossless(this.#bytes, this.#at, end);
    this.#at = end + 1;
    return text;
  }

  /** The rest, copied: it outlives the read buffer. */
  rest(): Buffer {
    const rest = Buffer.from(this.#bytes.subarray(this.#at, this.#end));
    this.#at = this.#end;
    return rest;
  }

  #step(length: number): number {
    const at = this.#at;
    if (at + length > this.#end) throw broken('a message that ends too early');
    this.#at = at + length;
    return at;
  }
}

/** The event a message stands for; undefined for those that tell nothing (BindComplete, NoData …). */
export function decodeMessage(type: string, bytes: Buffer, start: number, end: number): WireEvent | undefined {
  const payload = new Payload(bytes, start, end);
  switch (type) {
    case 'T':
      return { type: 'columns', columns: columns(payload) };
    case 'C':
      return { type: 'complete', tag: payload.text() };
    case 'I':
      return { type: 'empty' };
    case 's':
      return { type: 'suspended' };
    case 'E':
      return { type: 'error', error: serverError(payload) };
    case 'N':
      return { type: 'notice', notice: serverError(payload) };
    case 'A':
      return notification(payload);
    case 'S':
      return { type: 'parameter', name: payload.text(), value: payload.text() };
    case 'Z':
      return { type: 'ready', status: transactionStatus(payload.byte()) };
    case 'G':
      return { type: 'copyIn', ...copyFormat(payload) };
    case 'H':
      return { type: 'copyOut', ...copyFormat(payload) };
    case 'W':
      // PGRES_COPY_BOTH, in psql's words.
      return { type: 'lost', reason: untrusted('unexpected PQresultStatus: 8'), givenUp: 'replication' };
    case 'R':
      return { type: 'authentication', method: payload.int32(), data: payload.rest() };
    case 'K':
      return { type: 'backendKey', processId: payload.int32(), secretKey: payload.rest() };
    case '1':
      return { type: 'parsed' };
    case '3':
      return { type: 'closed' };
    // BindComplete, NoData, ParameterDescription, CopyDone, NegotiateProtocolVersion.
    case '2':
    case 'n':
    case 't':
    case 'c':
    case 'v':
      return undefined;
    default:
      throw broken(`a message of unknown type ${JSON.stringify(type)}`);
  }
}

function columns(payload: Payload): readonly Column[] {
  const count = payload.int16();
  if (count < 0) throw broken('a negative number of columns');
  const columns: Column[] = [];
  for (let index = 0; index < count; index++) {
    const name = payload.text();
    const tableOid = payload.oid();
    const attributeNumber = payload.int16();
    const typeOid = payload.oid();
    const typeSize = payload.int16();
    const typeModifier = payload.int32();
    payload.int16();
    columns.push({ name, tableOid, attributeNumber, typeOid, typeSize, typeModifier });
  }
  return columns;
}

function notification(payload: Payload): ServerEvent {
  const processId = payload.int32();
  const channel = payload.text();
  return { type: 'notification', channel, payload: payload.text(), processId };
}

function copyFormat(payload: Payload): { readonly isBinary: boolean; readonly columnCount: number } {
  return { isBinary: payload.byte() === 1, columnCount: payload.int16() };
}

function transactionStatus(code: number): TransactionStatus {
  switch (String.fromCharCode(code)) {
    case 'I':
      return 'idle';
    case 'T':
      return 'transaction';
    case 'E':
      return 'failed';
    default:
      throw broken('an unknown transaction status');
  }
}

const textFields = new Map([
  ['D', 'detail'],
  ['H', 'hint'],
  ['q', 'internalQuery'],
  ['W', 'where'],
  ['s', 'schema'],
  ['t', 'table'],
  ['c', 'column'],
  ['d', 'dataType'],
  ['n', 'constraint'],
  ['F', 'file'],
  ['L', 'line'],
  ['R', 'routine'],
] as const);

/** Section "Error and Notice Message Fields"; unknown fields are skipped, as it asks. */
function serverError(payload: Payload): ServerError {
  const fields = new Map<string, Untrusted>();
  for (let code = payload.byte(); code !== 0; code = payload.byte()) fields.set(String.fromCharCode(code), payload.text());
  const severity = fields.get('S') ?? untrusted('');
  const optional: Record<string, Untrusted | number> = {};
  for (const [code, name] of textFields) {
    const text = fields.get(code);
    if (text !== undefined) optional[name] = text;
  }
  const position = Number(fields.get('P'));
  if (position > 0) optional.position = position;
  const internalPosition = Number(fields.get('p'));
  if (internalPosition > 0) optional.internalPosition = internalPosition;
  return {
    severity,
    severityCode: fields.get('V') ?? severity,
    code: fields.get('C') ?? untrusted(''),
    message: fields.get('M') ?? untrusted(''),
    ...optional,
  };
}
