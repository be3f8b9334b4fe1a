import net from 'node:net';
import type { Duplex } from 'node:stream';

/** Where a stream's bytes and its end go. Bytes are good only until `data` returns. */
interface TransportListener {
  readonly data: (bytes: Buffer) => void;
  /** Told once, with the error if there was one. */
  readonly closed: (error: NodeJS.ErrnoException | undefined) => void;
}

/** A stream of bytes to a server: a plain socket, TLS, or the embedded engine. */
export interface Transport {
  readonly stream: Duplex;
  /** Hands the stream to a new listener. */
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
  const tellEnd = watchEnd(stream);
  return {
    stream,
    listen(next) {
      listener = next;
      tellEnd(next.closed);
    },
  };
}

/** Any stream: TLS, whose bytes Node allocates itself, and the embedded engine's. */
export function duplexTransport(stream: Duplex): Transport {
  const tellEnd = watchEnd(stream);
  return {
    stream,
    listen(next) {
      stream.removeAllListeners('data');
      stream.on('data', next.data);
      tellEnd(next.closed);
    },
  };
}

type Closed = TransportListener['closed'];

/**
 * Watches from the first moment, so that no error goes unheard, and tells whoever listens at the time; who comes later is told
 * too. An error comes before 'close', and is the better reason.
 */
function watchEnd(stream: Duplex): (listener: Closed) => void {
  let listener: Closed | undefined;
  let ended: { readonly error: NodeJS.ErrnoException | undefined } | undefined;
  const end = (error?: NodeJS.ErrnoException) => {
    if (ended !== undefined) return;
    ended = { error };
    listener?.(error);
  };
  stream.on('error', end);
  stream.on('end', () => end());
  stream.on('close', () => end());
  if (stream.destroyed) end(stream.errored ?? undefined);
  return (next) => {
    listener = next;
    if (ended !== undefined) next(ended.error);
  };
}
