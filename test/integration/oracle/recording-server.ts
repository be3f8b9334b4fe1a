import { createServer, type Server, type Socket } from 'node:net';
import { RecordingConnection } from './recording-connection.ts';

/**
 * A server that records what it is sent: what a psql connected to it has read as one statement, and COPY's data.
 * The database's name is the key of the recording; one that ends in "-off" has standard_conforming_strings off.
 */
export class RecordingServer {
  readonly #recordings = new Map<string, string[]>();
  readonly #server: Server;
  port = 0;

  constructor() {
    this.#server = createServer({ noDelay: true }, (socket) => this.#serve(socket));
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
    let connection: RecordingConnection | undefined;
    socket.on('error', () => undefined);
    const answer = (): void => {
      for (;;) {
        const lengthAt = connection === undefined ? 0 : 1;
        if (pending.length < lengthAt + 4) return;
        const end = lengthAt + pending.readInt32BE(lengthAt);
        if (pending.length < end) return;
        const message = pending.subarray(0, end);
        pending = pending.subarray(end);
        if (connection === undefined) connection = this.#startUp(socket, message);
        else connection.take(String.fromCharCode(message[0] ?? 0), message.subarray(5));
      }
    };
    socket.on('data', (data) => {
      pending = pending.length === 0 ? data : Buffer.concat([pending, data]);
      socket.cork();
      answer();
      socket.uncork();
    });
  }

  /** undefined: an encryption request, refused. */
  #startUp(socket: Socket, message: Buffer): RecordingConnection | undefined {
    if (message.readInt32BE(4) !== protocolVersion3) {
      socket.write('N');
      return undefined;
    }
    const database = /database\0([^\0]*)/.exec(message.subarray(8).toString())?.[1] ?? '';
    const statements = this.#recordings.get(database) ?? [];
    this.#recordings.set(database, statements);
    return new RecordingConnection(socket, statements, !database.endsWith('-off'));
  }
}

const protocolVersion3 = 196608;
