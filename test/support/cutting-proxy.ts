import { connect, createServer, type Server, type Socket } from 'node:net';

export type Direction = 'to-server' | 'to-client';

/** A TCP proxy to a server that ends a connection after a given byte. */
export interface CuttingProxy {
  readonly host: string;
  readonly port: number;
  /** In the order in which they were made; those that have ended too. */
  readonly connections: readonly ProxiedConnection[];
  close(): Promise<void>;
}

/** One connection through the proxy. */
export class ProxiedConnection {
  readonly #client: Socket;
  readonly #server: Socket;
  #how: 'close' | 'reset' = 'close';
  readonly #left: Record<Direction, number> = { 'to-server': Number.POSITIVE_INFINITY, 'to-client': Number.POSITIVE_INFINITY };

  #sent = '';

  constructor(client: Socket, server: Socket) {
    this.#client = client;
    this.#server = server;
    this.#forward(client, server, 'to-server');
    this.#forward(server, client, 'to-client');
  }

  /** Lets this many bytes more through in one direction, then ends both sides: as a program that ends does, or as a network that fails. */
  cutAfter(direction: Direction, bytes: number, how: 'close' | 'reset'): void {
    this.#left[direction] = bytes;
    this.#how = how;
  }

  /** What the client has sent, as text. */
  get sent(): string {
    return this.#sent;
  }

  end(): void {
    this.#client.destroy();
    this.#server.destroy();
  }

  #forward(from: Socket, to: Socket, direction: Direction): void {
    from.on('data', (bytes: Buffer) => {
      if (direction === 'to-server') this.#sent += bytes.toString('latin1');
      const passed = bytes.subarray(0, Math.min(bytes.length, this.#left[direction]));
      this.#left[direction] -= passed.length;
      const isCut = this.#left[direction] <= 0;
      if (to.destroyed) return;
      // What was let through arrives before the end does.
      if (isCut) to.write(passed, () => this.#cut());
      else to.write(passed);
    });
    from.on('end', () => to.end());
    from.on('error', () => this.end());
    from.on('close', () => to.destroySoon());
  }

  #cut(): void {
    for (const socket of [this.#client, this.#server]) {
      if (this.#how === 'reset') socket.resetAndDestroy();
      else socket.end(() => socket.destroy());
    }
  }
}

export async function startCuttingProxy(target: { readonly host: string; readonly port: number }): Promise<CuttingProxy> {
  const connections: ProxiedConnection[] = [];
  const server: Server = createServer({ noDelay: true }, (client) => {
    const { host, port } = target;
    connections.push(new ProxiedConnection(client, connect({ host, port, noDelay: true })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    host: '127.0.0.1',
    port: address.port,
    connections,
    close: async () => {
      for (const connection of connections) connection.end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
