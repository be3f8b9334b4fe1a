import { connect, createServer, type Socket } from 'node:net';
import type { TransactionStatus } from '../../src/result/server-event.ts';

/** A TCP proxy to a server that notes what each ReadyForQuery says. For connections without TLS. */
export interface StatusTap {
  readonly host: string;
  readonly port: number;
  /** The last status byte of the connection that was made first. */
  readonly status: TransactionStatus | undefined;
  close(): void;
}

const statuses: Readonly<Record<string, TransactionStatus>> = { I: 'idle', T: 'transaction', E: 'failed' };

export async function startStatusTap(server: { readonly host: string; readonly port: number }): Promise<StatusTap> {
  const sockets: Socket[] = [];
  let status: TransactionStatus | undefined;
  const proxy = createServer({ noDelay: true }, (client) => {
    const isFirst = sockets.length === 0;
    const upstream = connect({ ...server, noDelay: true });
    let rest = Buffer.alloc(0);
    upstream.on('data', (bytes) => {
      if (isFirst) {
        rest = Buffer.concat([rest, bytes]);
        // A message: its type, its length without that.
        for (let end = messageEnd(rest); end <= rest.length; end = messageEnd(rest)) {
          if (rest[0] === 0x5a) status = statuses[String.fromCharCode(rest[5] ?? 0)];
          rest = rest.subarray(end);
        }
      }
      client.write(bytes);
    });
    client.on('data', (bytes) => upstream.write(bytes));
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.on('error', () => undefined);
      from.on('close', () => to.destroySoon());
      sockets.push(from);
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    host: '127.0.0.1',
    port: address.port,
    get status() {
      return status;
    },
    close: () => {
      proxy.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function messageEnd(bytes: Buffer): number {
  return bytes.length < 5 ? Number.POSITIVE_INFINITY : 1 + bytes.readInt32BE(1);
}
