import { createServer, type Server, type Socket } from 'node:net';

/**
 * A server that answers every query with "SELECT 0" and records its text: what a psql connected to it has read as one statement.
 * The database's name is the key of the recording; one that ends in "-off" has standard_conforming_strings off.
 */
export class RecordingServer {
  readonly #recordings = new Map<string, string[]>();
  readonly #server: Server;
  port = 0;

  constructor() {
    this.#server = createServer((socket) => this.#serve(socket));
  }

  start(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => {
        const address = this.#server.address();
        this.port = typeof address === 'object' && address !== null ? address.port : 0;
        resolve();
      });
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** The statements recorded under a database's name; forgets them. */
  take(database: string): readonly string[] {
    const statements = this.#recordings.get(database) ?? [];
    this.#recordings.delete(database);
    return statements;
  }

  #serve(socket: Socket): void {
    let pending: Buffer = Buffer.alloc(0);
    let statements: string[] | undefined;
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      pending = Buffer.concat([pending, data]);
      for (;;) {
        const lengthAt = statements === undefined ? 0 : 1;
        if (pending.length < lengthAt + 4) return;
        const end = lengthAt + pending.readInt32BE(lengthAt);
        if (pending.length < end) return;
        const message = pending.subarray(0, end);
        pending = pending.subarray(end);
        if (statements === undefined) statements = this.#startUp(socket, message);
        else if (message[0] === code('Q')) {
          statements.push(message.subarray(5, -1).toString());
          socket.write(Buffer.concat([framed('C', 'SELECT 0\0'), ready]));
        } else if (message[0] === code('X')) socket.end();
      }
    });
  }

  /** undefined: an encryption request, refused. */
  #startUp(socket: Socket, message: Buffer): string[] | undefined {
    if (message.readInt32BE(4) !== protocolVersion3) {
      socket.write('N');
      return undefined;
    }
    const database = /database\0([^\0]*)/.exec(message.subarray(8).toString())?.[1] ?? '';
    const statements: string[] = [];
    this.#recordings.set(database, statements);
    const conforming = database.endsWith('-off') ? 'off' : 'on';
    const parameters = [
      ['server_version', '15.0'],
      ['client_encoding', 'UTF8'],
      ['standard_conforming_strings', conforming],
    ].map(([name, value]) => framed('S', `${name}\0${value}\0`));
    socket.write(Buffer.concat([framed('R', '\0\0\0\0'), ...parameters, ready]));
    return statements;
  }
}

const protocolVersion3 = 196608;
const ready = framed('Z', 'I');

function code(letter: string): number {
  return letter.charCodeAt(0);
}

function framed(letter: string, body: string): Buffer {
  const message = Buffer.alloc(5 + Buffer.byteLength(body));
  message.write(letter, 0);
  message.writeInt32BE(message.length - 1, 1);
  message.write(body, 5);
  return message;
}
