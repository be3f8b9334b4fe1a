import { connect, createServer, type Socket } from 'node:net';
import type { NativeServer } from './native-server.ts';

export interface PoolingProxy {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  close(): void;
}

type Upstream = Pick<NativeServer, 'host' | 'port' | 'user' | 'database'>;

/**
 * A pooler as those of the world work: it tells each client a key of its own making and hands it a server connection for each transaction,
 * the one last given back first; in session mode for good. For trust authentication without TLS.
 */
export async function startPoolingProxy(server: Upstream, mode: 'transaction' | 'session'): Promise<PoolingProxy> {
  const idle: Backend[] = [];
  const sockets = new Set<Socket>();
  const open = (): Backend => {
    const backend = new Backend(connect(server.port, server.host), server);
    sockets.add(backend.socket);
    return backend;
  };
  const proxy = createServer((client) => {
    sockets.add(client);
    let backend: Backend | undefined;
    let isStarted = false;
    let waiting = Buffer.alloc(0);
    const giveBack = () => {
      if (backend !== undefined) idle.push(backend);
      backend = undefined;
    };
    const take = () => {
      backend ??= idle.pop() ?? open();
      backend.tell = (bytes, isIdle) => {
        client.write(bytes);
        if (isIdle && mode === 'transaction') giveBack();
      };
      return backend;
    };
    client.on('error', () => undefined);
    client.on('close', () => {
      sockets.delete(client);
      if (mode === 'session') giveBack();
      else backend?.socket.destroy();
    });
    client.on('data', (bytes) => {
      if (isStarted) {
        // Terminate.
        if (bytes[0] === 0x58) client.end();
        else take().send(bytes);
        return;
      }
      waiting = Buffer.concat([waiting, bytes]);
      const isNegotiation = waiting.length === 8;
      if (isNegotiation) client.write('N');
      else isStarted = true;
      waiting = Buffer.alloc(0);
      if (!isNegotiation) client.write(greeting());
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const close = () => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  };
  return { host: '127.0.0.1', port: address.port, user: server.user, database: server.database, close };
}

/** A connection to the server, started and idle before it serves its first client. */
class Backend {
  readonly socket: Socket;
  tell: (bytes: Buffer, isIdle: boolean) => void = () => undefined;
  #rest = Buffer.alloc(0);
  #isReady = false;
  readonly #early: Buffer[] = [];

  constructor(socket: Socket, { user, database }: Upstream) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.write(startup(user, database));
    socket.on('data', (bytes) => this.#take(bytes));
  }

  send(bytes: Buffer): void {
    if (this.#isReady) this.socket.write(bytes);
    else this.#early.push(bytes);
  }

  /** Whole messages only, so that what ends a transaction is seen. */
  #take(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    let end = 0;
    let isIdle = false;
    while (this.#rest.length >= end + 5 && this.#rest.length >= end + 1 + this.#rest.readInt32BE(end + 1)) {
      const next = end + 1 + this.#rest.readInt32BE(end + 1);
      // ReadyForQuery, idle.
      isIdle = this.#rest[end] === 0x5a && this.#rest[end + 5] === 0x49;
      end = next;
    }
    const whole = this.#rest.subarray(0, end);
    this.#rest = this.#rest.subarray(end);
    if (whole.length === 0) return;
    if (this.#isReady) {
      this.tell(whole, isIdle);
      return;
    }
    this.#isReady = isIdle;
    if (isIdle) for (const early of this.#early.splice(0)) this.socket.write(early);
  }
}

let clients = 0;

/** AuthenticationOk, what a client has to know, BackendKeyData of the pooler's own, ReadyForQuery. */
function greeting(): Buffer {
  const key = Buffer.alloc(8);
  key.writeInt32BE(2_000_000_000 + ++clients);
  const parameters = [
    'server_version\0' + '18.0\0',
    'client_encoding\0UTF8\0',
    'standard_conforming_strings\0on\0',
    'server_encoding\0UTF8\0',
  ];
  return Buffer.concat([
    message('R', Buffer.alloc(4)),
    ...parameters.map((text) => message('S', Buffer.from(text))),
    message('K', key),
    message('Z', Buffer.from('I')),
  ]);
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function startup(user: string, database: string): Buffer {
  const body = Buffer.from(`user\0${user}\0database\0${database}\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(body.length + 8);
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, body]);
}
