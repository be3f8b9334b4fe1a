import { lookup } from 'node:dns/promises';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import { untrusted } from '../text/untrusted.ts';
import { authenticate, type Startup } from './authenticate.ts';
import { sendCancel } from './cancel.ts';
import { ConnectError, type ConnectRequest, connectAddress, type ServerAddress } from './connect-address.ts';
import type { CancelOutcome, ConnectFailure, ConnectOutcome, SessionInfo, WireSecurity } from './session.ts';
import type { ConnectionTarget, HostAddress } from './target.ts';
import { duplexTransport } from './transport.ts';
import { Wire } from './wire.ts';
import { WireSession } from './wire-session.ts';

export interface OpenSessionOptions {
  /** Asks for a secret; undefined where the user gave up. Called only when the server wants a password and none is known. */
  readonly askPassword?: (prompt: string) => Promise<string | undefined>;
  readonly signal?: AbortSignal;
  readonly programName: string;
}

/** Connects as libpq does: hosts in order, their addresses in order, with the encryption the target asks for. */
export async function openSession(target: ConnectionTarget, options: OpenSessionOptions): Promise<ConnectOutcome> {
  const named = { ...target, startupParameters: { application_name: options.programName, ...target.startupParameters } };
  const first = await tryHosts(named, options.signal);
  if (first.ok || first.kind !== 'password-needed' || options.askPassword === undefined) return first;
  const password = await options.askPassword(`Password for user ${target.user}: `);
  if (password === undefined) return first;
  return await tryHosts({ ...named, password }, options.signal);
}

/** A session over a stream that is already connected to something that speaks the protocol. */
export async function openSessionOver(
  stream: Duplex,
  startup: Startup,
  options: { readonly info: Omit<SessionInfo, 'processId' | 'usedPassword'>; readonly cancel: () => Promise<CancelOutcome> },
): Promise<ConnectOutcome> {
  const wire = new Wire(duplexTransport(stream));
  const opened = await authenticate(wire, startup);
  if (!opened.ok) {
    stream.destroy();
    return { ok: false, text: untrusted(opened.text), kind: 'embedded', ...(opened.error && { error: opened.error }) };
  }
  const info = { ...options.info, processId: opened.processId, usedPassword: opened.usedPassword };
  return { ok: true, session: new WireSession(wire, info, opened, options.cancel) };
}

async function tryHosts(target: ConnectionTarget, signal: AbortSignal | undefined): Promise<ConnectOutcome> {
  let failure: ConnectFailure = { ok: false, text: untrusted('no host to connect to'), kind: 'bad-target' };
  for (const host of target.hosts) {
    const outcome = await tryHost(target, host, signal);
    if (outcome.ok) return outcome;
    failure = outcome;
  }
  return failure;
}

async function tryHost(target: ConnectionTarget, host: HostAddress, signal: AbortSignal | undefined): Promise<ConnectOutcome> {
  const where = await resolve(host);
  const request: ConnectRequest = {
    address: where,
    encryption: 'plain',
    tlsOptions: {},
    keepAlive: target.keepalives,
    signal: signal ?? new AbortController().signal,
  };
  const label = `connection to server ${'path' in where ? `on socket "${where.path}"` : `at "${host.host}" (${where.address}), port ${where.port}`} failed: `;
  try {
    const transport = await connectAddress(request);
    const wire = new Wire(transport);
    const opened = await authenticate(wire, target);
    if (!opened.ok) {
      transport.stream.destroy();
      const kind = opened.needsPassword === true ? 'password-needed' : 'server';
      return { ok: false, text: untrusted(label + opened.text), kind, ...(opened.error && { error: opened.error }) };
    }
    const security: WireSecurity = 'path' in where ? 'socket' : 'plain';
    const address = 'path' in where ? '' : where.address;
    const info: SessionInfo = {
      host: host.host,
      address,
      port: host.port,
      user: target.user,
      database: target.database,
      security,
      processId: opened.processId,
      usedPassword: opened.usedPassword,
    };
    const cancel = () =>
      sendCancel(() => connectAddress({ ...request, signal: new AbortController().signal }), opened.processId, opened.secretKey);
    return { ok: true, session: new WireSession(wire, info, opened, cancel) };
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    return { ok: false, text: untrusted(label + error.message), kind: 'refused' };
  }
}

async function resolve(host: HostAddress): Promise<ServerAddress> {
  if (host.host.startsWith('/')) return { path: `${host.host}/.s.PGSQL.${host.port}` };
  const name = host.address ?? host.host;
  if (net.isIP(name) !== 0) return { address: name, port: host.port };
  return { address: (await lookup(name)).address, port: host.port };
}
