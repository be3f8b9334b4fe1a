import net from 'node:net';
import type { Duplex } from 'node:stream';

/** Where a stream's bytes and its end go. Bytes are good only until `data` returns. */
export interface TransportListener {
  readonly data: (bytes: Buffer) => void;
  readonly closed: (error: NodeJS.ErrnoException | undefined) => void;
}

/** A stream of bytes to a server: a plain socket, TLS, or the embedded engine. */
export interface Transport {
  readonly stream: Duplex;
  /** Hands the stream to a new listener; the first bytes come after it. */
  listen(listener: TransportListener): void;
}

const readSize = 64 * 1024;

/** A socket that reads into one buffer, again and again: half the processor time and memory of 'data' events. */
export function socketTransport(options: net.NetConnectOpts): Transport & { readonly stream: net.Socket } {
  let listener: TransportListener | undefined;
  const stream = net.connect({
    ...options,
    onread: {
      buffer: Buffer.allocUnsafeSlow(readSize),
      callback: (length, bytes) => {
        listener?.data((bytes as Buffer).subarray(0, length));
        return true;
      },
    },
  });
  return {
    stream,
    listen(next) {
      if (listener === undefined) watchEnd(stream, (error) => listener?.closed(error));
      listener = next;
    },
  };
}

/** Any stream: TLS, whose bytes Node allocates itself, and the embedded engine's. */
export function duplexTransport(stream: Duplex): Transport {
  let listener: TransportListener | undefined;
  return {
    stream,
    listen(next) {
      if (listener === undefined) {
        watchEnd(stream, (error) => listener?.closed(error));
        stream.on('data', (bytes: Buffer) => listener?.data(bytes));
      }
      listener = next;
    },
  };
}

/** Tells once. An error comes before 'close', and is the better reason. */
function watchEnd(stream: Duplex, closed: (error: NodeJS.ErrnoException | undefined) => void): void {
  let isOver = false;
  const once = (error?: NodeJS.ErrnoException) => {
    if (isOver) return;
    isOver = true;
    closed(error);
  };
  stream.on('error', once);
  stream.on('end', () => once());
  stream.on('close', () => once());
}
