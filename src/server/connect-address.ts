import type net from 'node:net';
import type { Duplex } from 'node:stream';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { sslRequest } from './frontend-messages.ts';
import { duplexTransport, socketTransport, type Transport } from './transport.ts';

/** One address of one host: a socket file or an IP address and port. */
export type ServerAddress = { readonly path: string } | { readonly address: string; readonly port: number };

/** How to talk over it: as it is, or through TLS, for which the server is asked first or which begins at once. */
export type Encryption =
  | { readonly kind: 'plain' }
  | {
      readonly kind: 'tls';
      /** Asked for when the handshake begins: reading certificates, and TLS itself, cost a server without TLS nothing. */
      readonly settings: () => Promise<TlsSettings>;
      /** sslnegotiation=direct: no SSLRequest. */
      readonly isDirect: boolean;
      /** sslmode=prefer: a server without TLS is talked to without, over the same socket. */
      readonly isOptional: boolean;
    };

/** What TLS is to do, or why it cannot: a sentence of libpq's. */
type TlsSettings =
  | { readonly ok: true; readonly options: ConnectionOptions; readonly verifies: 'nothing' | 'ca' | 'full' }
  | { readonly ok: false; readonly text: string };

export interface AddressRequest {
  readonly address: ServerAddress;
  readonly encryption: Encryption;
  readonly keepAlive: boolean;
  readonly signal: AbortSignal;
}

export interface Connected {
  readonly transport: Transport;
  readonly encrypted?: { readonly socket: TLSSocket; readonly verifies: 'nothing' | 'ca' | 'full' };
}

/** Where it failed: reaching the address, agreeing on TLS, reading its certificates, or in the TLS handshake. */
export type ConnectStage = 'connect' | 'no-tls' | 'negotiate' | 'settings' | 'handshake';

/** No connection came about at this address. */
export class ConnectError extends Error {
  readonly stage: ConnectStage;
  override readonly cause: NodeJS.ErrnoException;

  constructor(stage: ConnectStage, cause: NodeJS.ErrnoException) {
    super(cause.message);
    this.stage = stage;
    this.cause = cause;
  }
}

/** A connected stream, encrypted as wanted. Rejects with `ConnectError`, or with the signal's reason. */
export async function connectAddress(request: AddressRequest): Promise<Connected> {
  const { encryption, signal } = request;
  const transport = await connectSocket(request);
  if (encryption.kind === 'plain') return { transport };
  if (!encryption.isDirect && !(await negotiate(transport, signal))) {
    if (encryption.isOptional) return { transport };
    fail(transport, 'no-tls', 'no TLS');
  }
  const [tls, settings] = await Promise.all([import('node:tls'), encryption.settings()]);
  if (!settings.ok) fail(transport, 'settings', settings.text);
  const socket = tls.connect({ ...settings.options, socket: transport.stream });
  await settled(socket, signal, 'handshake', (done) => socket.once('secureConnect', done));
  return { transport: duplexTransport(socket), encrypted: { socket, verifies: settings.verifies } };
}

async function connectSocket({ address, keepAlive, signal }: AddressRequest): Promise<Transport & { readonly stream: net.Socket }> {
  const transport = socketTransport(
    'path' in address ? { path: address.path } : { host: address.address, port: address.port, noDelay: true, keepAlive },
  );
  await settled(transport.stream, signal, 'connect', (done) => transport.stream.once('connect', done));
  return transport;
}

/** SSLRequest; the server says in one byte whether it will (protocol, section "SSL Session Encryption"). */
async function negotiate(transport: Transport, signal: AbortSignal): Promise<boolean> {
  let reply = '';
  await settled(transport.stream, signal, 'negotiate', (done) => {
    transport.listen({
      data: (bytes) => {
        reply += bytes.toString('latin1');
        done();
      },
      closed: () => done(),
    });
    transport.stream.write(sslRequest());
  });
  // Bytes sent before the encryption began may be an attacker's (CVE-2021-23222).
  if (reply.length > 1) fail(transport, 'negotiate', 'received unencrypted data after SSL response');
  if (reply !== 'S' && reply !== 'N') {
    fail(transport, 'negotiate', reply === '' ? '' : `received invalid response to SSL negotiation: ${reply}`);
  }
  return reply === 'S';
}

function fail(transport: Transport, stage: ConnectStage, reason: string): never {
  transport.stream.destroy();
  throw new ConnectError(stage, new Error(reason));
}

/** Waits for what `start` waits for; an error or the end of patience destroys the stream and rejects. */
async function settled(stream: Duplex, signal: AbortSignal, stage: ConnectStage, start: (done: () => void) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const failed = (cause: NodeJS.ErrnoException) => reject(new ConnectError(stage, cause));
  const closed = () => reject(new ConnectError(stage, Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
  const aborted = () => reject(signal.reason);
  stream.on('error', failed).on('close', closed);
  signal.addEventListener('abort', aborted);
  try {
    if (signal.aborted) aborted();
    start(resolve);
    await promise;
  } catch (error) {
    stream.on('error', () => {});
    stream.destroy();
    throw error;
  } finally {
    stream.off('error', failed).off('close', closed);
    signal.removeEventListener('abort', aborted);
  }
}
