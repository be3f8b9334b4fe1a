import type net from 'node:net';
import tls from 'node:tls';
import { sslRequest } from './frontend-messages.ts';
import { duplexTransport, socketTransport, type Transport } from './transport.ts';

/** One address of one host: a socket file or an IP address and port. */
export type ServerAddress = { readonly path: string } | { readonly address: string; readonly port: number };

/** How to talk over it: as it is, or through TLS after asking (`SSLRequest`), or at once (sslnegotiation=direct). */
export type Encryption = 'plain' | 'tls' | 'tls-direct';

export type Refusal = 'no-tls' | 'tls' | 'network';

/** The connection did not come about at this address. */
export class ConnectError extends Error {
  readonly refusal: Refusal;
  readonly code: string | undefined;

  constructor(refusal: Refusal, message: string, code?: string) {
    super(message);
    this.refusal = refusal;
    this.code = code;
  }
}

export interface ConnectRequest {
  readonly address: ServerAddress;
  readonly encryption: Encryption;
  readonly tlsOptions: tls.ConnectionOptions;
  readonly keepAlive: boolean;
  readonly signal: AbortSignal;
}

/** A connected stream, encrypted as wanted. Rejects with `ConnectError`. */
export async function connectAddress(request: ConnectRequest): Promise<Transport> {
  const plain = await connectSocket(request);
  if (request.encryption === 'plain') return plain;
  try {
    if (request.encryption === 'tls') await negotiate(plain, request.signal);
    return duplexTransport(await secure(plain.stream, request));
  } catch (error) {
    plain.stream.destroy();
    throw error;
  }
}

async function connectSocket({ address, keepAlive, signal }: ConnectRequest): Promise<Transport & { readonly stream: net.Socket }> {
  const where = 'path' in address ? { path: address.path } : { host: address.address, port: address.port, noDelay: true, keepAlive };
  const transport = socketTransport(where);
  const { stream } = transport;
  await settled(stream, signal, 'network', (done) => stream.once('connect', done));
  return transport;
}

/** SSLRequest; the server says in one byte whether it will (protocol, section "SSL Session Encryption"). */
async function negotiate(transport: Transport, signal: AbortSignal): Promise<void> {
  let reply = Buffer.alloc(0);
  await settled(transport.stream, signal, 'network', (done) => {
    transport.listen({
      data: (bytes) => {
        reply = Buffer.concat([reply, bytes]);
        done();
      },
      closed: () => done(),
    });
    transport.stream.write(sslRequest());
  });
  // Bytes sent before the encryption began may be an attacker's (CVE-2021-23222).
  if (reply.length > 1) throw new ConnectError('network', 'received unencrypted data after SSL response');
  const answer = reply.toString('latin1');
  if (answer === 'N') throw new ConnectError('no-tls', 'server does not support SSL, but SSL was required');
  if (answer === '') throw new ConnectError('network', 'server closed the connection unexpectedly');
  if (answer !== 'S') throw new ConnectError('network', `received invalid response to SSL negotiation: ${answer}`);
}

async function secure(socket: net.Socket, { tlsOptions, encryption, signal }: ConnectRequest): Promise<tls.TLSSocket> {
  const protocols = encryption === 'tls-direct' ? { ALPNProtocols: ['postgresql'] } : {};
  const encrypted = tls.connect({ ...tlsOptions, ...protocols, socket });
  await settled(encrypted, signal, 'tls', (done) => encrypted.once('secureConnect', done));
  return encrypted;
}

/** Waits for what `start` waits for; an error or the end of patience rejects and destroys. */
async function settled(
  stream: net.Socket | Transport['stream'],
  signal: AbortSignal,
  refusal: Refusal,
  start: (done: () => void) => void,
): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException) => reject(new ConnectError(refusal, error.message, error.code));
      const aborted = () => reject(signal.reason);
      const clean = () => {
        stream.off('error', failed);
        signal.removeEventListener('abort', aborted);
      };
      if (signal.aborted) return aborted();
      stream.once('error', failed);
      signal.addEventListener('abort', aborted);
      start(() => {
        clean();
        resolve();
      });
    });
  } catch (error) {
    stream.on('error', () => {});
    stream.destroy();
    throw error;
  }
}
