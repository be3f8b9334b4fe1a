import type { TLSSocket } from 'node:tls';
import { untrusted } from '../text/untrusted.ts';
import { type Authenticated, authenticate, type NotAuthenticated } from './authenticate.ts';
import { sendCancel } from './cancel.ts';
import {
  type AddressRequest,
  ConnectError,
  type Connected,
  connectAddress,
  type Encryption,
  type ServerAddress,
} from './connect-address.ts';
import {
  brokenConnection,
  connectionFailed,
  connectReasons,
  joinFailures,
  socketFailure,
  tlsFailure,
  unknownHost,
} from './connect-messages.ts';
import { encryptionAttempts } from './encryption-attempts.ts';
import { addressesOf, addressText, isSocket } from './host-addresses.ts';
import type { ConnectFailure, SessionInfo, WireSecurity } from './session.ts';
import type { ConnectionTarget, HostAddress } from './target.ts';
import { Wire } from './wire.ts';
import { WireSession } from './wire-session.ts';

/** Failed at one host: whether libpq would go on to the next. */
export type HostFailure = ConnectFailure & { readonly isFinal: boolean };
export type HostOutcome = { readonly ok: true; readonly session: WireSession } | HostFailure;

export interface HostRequest {
  readonly target: ConnectionTarget;
  readonly host: HostAddress;
  /** Known for this host: the target's, the password file's or one that was asked for. */
  readonly password: string | undefined;
  readonly signal: AbortSignal;
}

/** The reason of an abort that was ours. */
class TimeoutExpired extends Error {}

// libpq takes less than two seconds for two.
const minimumTimeout = 2;
const cancelTimeout = 10_000; // ms
// How long rows wait for the connection that cancels them (ms).
const cancelPrecedence = 250;

/** Tries the addresses of a host in order, each with the kinds of encryption sslmode allows, as libpq does. */
export async function connectHost(request: HostRequest): Promise<HostOutcome> {
  const { target, host } = request;
  let addresses: readonly ServerAddress[];
  try {
    addresses = await addressesOf(host);
  } catch (error) {
    return hostFailure('unknown-host', unknownHost(host, error as NodeJS.ErrnoException), false);
  }
  const encryptions = encryptionsOf(target, host);
  const failures: HostFailure[] = [];
  for (const address of addresses) {
    const outcome = await connectEncrypted(request, address, encryptions);
    if (outcome.ok) return outcome;
    failures.push(outcome);
    if (outcome.isFinal) break;
  }
  return join(failures);
}

/** Many failures as one: the texts of all, the rest from the last. */
export function join(failures: readonly HostFailure[]): HostFailure {
  const last = failures.at(-1) ?? hostFailure('bad-target', 'no host to connect to', true);
  return { ...last, text: untrusted(failures.length === 0 ? last.text : joinFailures(failures.map((failure) => failure.text))) };
}

export function hostFailure(kind: ConnectFailure['kind'], text: string, isFinal: boolean): HostFailure {
  return { ok: false, kind, text: untrusted(text), isFinal };
}

async function connectEncrypted(request: HostRequest, address: ServerAddress, kinds: readonly Encryption[]): Promise<HostOutcome> {
  const failures: HostFailure[] = [];
  for (const kind of kinds) {
    const attempt = await connectOnce(request, address, kind);
    if (attempt.outcome.ok) return attempt.outcome;
    failures.push(attempt.outcome);
    if (!attempt.triesOtherEncryption) break;
  }
  return join(failures);
}

interface Attempt {
  readonly outcome: HostOutcome;
  /** libpq's rule for prefer and allow: after a failed handshake, and after a refusal before the login was done. */
  readonly triesOtherEncryption: boolean;
}

async function connectOnce(request: HostRequest, address: ServerAddress, encryption: Encryption): Promise<Attempt> {
  const { target, host } = request;
  const patience = new AbortController();
  const giveUp = () => patience.abort(request.signal.reason);
  if (request.signal.aborted) giveUp();
  request.signal.addEventListener('abort', giveUp);
  const seconds = target.connectTimeout ?? 0;
  const timer = seconds > 0 ? setTimeout(() => patience.abort(new TimeoutExpired()), Math.max(seconds, minimumTimeout) * 1000) : undefined;
  const addressRequest: AddressRequest = {
    address,
    encryption,
    keepAlive: target.keepalives,
    signal: patience.signal,
  };
  const failed = (kind: ConnectFailure['kind'], reason: string, isFinal: boolean): HostFailure =>
    hostFailure(kind, connectionFailed(host, addressText(address), reason), isFinal);
  try {
    const connected = await connectAddress(addressRequest);
    const wire = new Wire(connected.transport);
    patience.signal.addEventListener('abort', () => wire.lose(abortText(patience.signal.reason)));
    const opened = await authenticate(wire, startupOf(request, connected));
    if (patience.signal.aborted) throw patience.signal.reason;
    if (opened.ok)
      return {
        outcome: { ok: true, session: sessionOf(request, addressRequest, connected, wire, opened) },
        triesOtherEncryption: false,
      };
    connected.transport.stream.destroy();
    const isEncryptedAsWanted = (connected.encrypted !== undefined) === (encryption.kind === 'tls');
    return { outcome: rejection(failed, opened), triesOtherEncryption: opened.isLoginRefused === true && isEncryptedAsWanted };
  } catch (error) {
    if (error instanceof TimeoutExpired) return { outcome: failed('timeout', connectReasons.timeout, false), triesOtherEncryption: false };
    if (request.signal.aborted) return { outcome: failed('timeout', abortText(error), true), triesOtherEncryption: false };
    if (!(error instanceof ConnectError)) throw error;
    const { kind, reason } = networkFailure(host, error);
    return { outcome: failed(kind, reason, false), triesOtherEncryption: error.stage === 'handshake' || error.stage === 'settings' };
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener('abort', giveUp);
  }
}

function abortText(reason: unknown): string {
  return reason instanceof TimeoutExpired ? connectReasons.timeout : 'connecting was cancelled';
}

function networkFailure(host: HostAddress, error: ConnectError): { readonly kind: ConnectFailure['kind']; readonly reason: string } {
  switch (error.stage) {
    case 'connect':
      return { kind: 'refused', reason: socketFailure(host, error.cause) };
    case 'no-tls':
      return { kind: 'tls', reason: connectReasons.sslRefused };
    case 'settings':
      return { kind: 'tls', reason: error.message };
    case 'handshake':
      return { kind: 'tls', reason: tlsFailure(error.cause) };
    case 'negotiate':
      return { kind: 'refused', reason: error.message.startsWith('received ') ? error.message : brokenConnection(error.cause) };
  }
}

type Failed = (kind: ConnectFailure['kind'], reason: string, isFinal: boolean) => HostFailure;

/** A server that answered and refused is the last one tried, unless it only cannot take connections now. */
function rejection(failed: Failed, opened: NotAuthenticated): HostFailure {
  const { error } = opened;
  if (opened.needsPassword === true) return failed('password-needed', opened.text, true);
  if (error === undefined) return failed('server', opened.text, true);
  return { ...failed('server', opened.text, error.code !== '57P03'), error };
}

function startupOf({ target, password }: HostRequest, { encrypted }: Connected): Parameters<typeof authenticate>[1] {
  const { user, database, startupParameters, channelBinding } = target;
  return {
    user,
    database,
    startupParameters,
    ...(password !== undefined && { password }),
    ...(channelBinding !== undefined && { channelBinding }),
    ...(encrypted !== undefined && { tlsSocket: encrypted.socket }),
  };
}

function sessionOf(
  { target, host }: HostRequest,
  addressRequest: AddressRequest,
  { encrypted }: Connected,
  wire: Wire,
  opened: Authenticated,
): WireSession {
  const { processId, secretKey, usedPassword } = opened;
  const info: SessionInfo = {
    host: host.host,
    address: addressText(addressRequest.address),
    port: host.port,
    user: target.user,
    database: target.database,
    security: encrypted === undefined ? ('path' in addressRequest.address ? 'socket' : 'plain') : verified(encrypted.verifies),
    ...(encrypted !== undefined && { tls: tlsFacts(encrypted.socket) }),
    processId,
    usedPassword,
    ...(target.startupParameters.options !== undefined && { options: target.startupParameters.options }),
    ...(target.service !== undefined && { service: target.service }),
  };
  const open = async () => {
    const again = await connectAddress({ ...addressRequest, signal: AbortSignal.timeout(cancelTimeout) });
    return again.transport;
  };
  // Opening it takes several turns of the event loop, TLS the most: rows that stream in would make each of them long.
  const cancel = async () => {
    const goOn = wire.hold(cancelPrecedence);
    try {
      return await sendCancel(open, processId, secretKey);
    } finally {
      goOn();
    }
  };
  return new WireSession(wire, info, opened, cancel);
}

function verified(verifies: 'nothing' | 'ca' | 'full'): WireSecurity {
  return verifies === 'nothing' ? 'encrypted' : verifies === 'ca' ? 'verified-ca' : 'verified-full';
}

function tlsFacts(socket: TLSSocket): NonNullable<SessionInfo['tls']> {
  const { alpnProtocol } = socket;
  return { protocol: socket.getProtocol() ?? '', cipher: socket.getCipher().name, ...(alpnProtocol && { alpn: alpnProtocol }) };
}

/** The ways to open a connection to this host, in order. */
function encryptionsOf(target: ConnectionTarget, host: HostAddress): readonly Encryption[] {
  const settings = async () => {
    const [{ tlsOptions }, { readFileIfThere }] = await Promise.all([import('./tls-options.ts'), import('./read-file.ts')]);
    return tlsOptions(target, host, readFileIfThere);
  };
  const isDirect = target.sslNegotiation === 'direct';
  const encrypted: Encryption = { kind: 'tls', settings, isDirect, isOptional: target.sslMode === 'prefer' };
  return encryptionAttempts(target.sslMode, isSocket(host)).map((kind) => (kind === 'tls' ? encrypted : { kind }));
}
