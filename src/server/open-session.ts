import type { Duplex } from 'node:stream';
import { untrusted } from '../text/untrusted.ts';
import { authenticate, type Startup } from './authenticate.ts';
import { adviceFor } from './connect-advice.ts';
import { connectHost, type HostFailure, type HostOutcome, hostFailure, join } from './connect-host.ts';
import { connectionFailed } from './connect-messages.ts';
import { lookupPassword } from './passfile.ts';
import { processFiles } from './resolve-process.ts';
import type { CancelOutcome, ConnectFailure, ConnectOutcome, SessionInfo } from './session.ts';
import { attributeMismatch } from './session-attributes.ts';
import type { ConnectionTarget, HostAddress } from './target.ts';
import { duplexTransport } from './transport.ts';
import { Wire } from './wire.ts';
import { WireSession } from './wire-session.ts';

export interface OpenSessionOptions {
  /** Asks for a secret; undefined where the user gave up. Called only when the server wants a password and none is known. */
  readonly askPassword?: (prompt: string) => Promise<string | undefined>;
  /** Ends the attempt. */
  readonly signal?: AbortSignal;
  /** application_name where the target gives none. */
  readonly programName: string;
  /** Lines that libpq writes to standard error while it connects: a password file that is not to be trusted. */
  readonly warn?: (line: string) => void;
}

/** Connects as libpq does: hosts in order, their addresses in order, with the encryption and the kind of server asked for. */
export async function openSession(target: ConnectionTarget, options: OpenSessionOptions): Promise<ConnectOutcome> {
  const startupParameters = { application_name: options.programName, ...target.startupParameters };
  const named: ConnectionTarget = { ...target, startupParameters };
  const first = await tryHosts(named, options);
  if (first.ok) return first;
  if (first.kind !== 'password-needed' || options.askPassword === undefined) return advised(first, target);
  // psql connects without a password first and asks only then, once.
  const password = await options.askPassword(`Password for user ${target.user}: `);
  if (password === undefined) return advised(first, target);
  const second = await tryHosts({ ...named, password }, options);
  return second.ok ? second : advised(second, target);
}

/** A session over a stream that is already connected to something that speaks the protocol, such as the embedded engine. */
export async function openSessionOver(
  stream: Duplex,
  startup: Startup,
  options: { readonly info: Omit<SessionInfo, 'processId' | 'usedPassword'>; readonly cancel: () => Promise<CancelOutcome> },
): Promise<ConnectOutcome> {
  const wire = new Wire(duplexTransport(stream));
  const opened = await authenticate(wire, startup);
  if (opened.ok) {
    const info = { ...options.info, processId: opened.processId, usedPassword: opened.usedPassword };
    return { ok: true, session: new WireSession(wire, info, opened, options.cancel) };
  }
  stream.destroy();
  return { ok: false, text: untrusted(opened.text), kind: 'embedded', ...(opened.error && { error: opened.error }) };
}

async function tryHosts(target: ConnectionTarget, options: OpenSessionOptions): Promise<HostOutcome> {
  const hosts = target.loadBalanceHosts === true ? shuffled(target.hosts) : target.hosts;
  const wanted = target.targetSessionAttrs ?? 'any';
  const first = await tryInOrder(target, hosts, wanted, options);
  // Without a standby, any server will do.
  if (first.ok || first.isFinal || wanted !== 'prefer-standby') return first;
  return await tryInOrder(target, hosts, 'any', options);
}

type Attributes = NonNullable<ConnectionTarget['targetSessionAttrs']>;

async function tryInOrder(
  target: ConnectionTarget,
  hosts: readonly HostAddress[],
  wanted: Attributes,
  options: OpenSessionOptions,
): Promise<HostOutcome> {
  const failures: HostFailure[] = [];
  for (const host of hosts) {
    const outcome = await tryHost(target, host, wanted, options);
    if (outcome.ok) return outcome;
    failures.push(outcome);
    if (outcome.isFinal) break;
  }
  return join(failures);
}

async function tryHost(target: ConnectionTarget, host: HostAddress, wanted: Attributes, options: OpenSessionOptions): Promise<HostOutcome> {
  const filed = target.password === undefined ? lookupPassword(target, host, processFiles) : {};
  if (filed.warning !== undefined) options.warn?.(filed.warning);
  const signal = options.signal ?? new AbortController().signal;
  const outcome = await connectHost({ target, host, password: target.password ?? filed.password, signal });
  if (!outcome.ok) {
    if (filed.password === undefined || outcome.error?.code !== '28P01') return outcome;
    return { ...outcome, text: untrusted(`${outcome.text}\npassword retrieved from file "${target.passfile}"`) };
  }
  const mismatch = await attributeMismatch(outcome.session, wanted);
  if (mismatch === undefined) return outcome;
  await outcome.session.close();
  return hostFailure('server', connectionFailed(host, outcome.session.info.address, mismatch), false);
}

function advised(failure: HostFailure, target: ConnectionTarget): ConnectFailure {
  const { ok, kind, text, error } = failure;
  const advice = adviceFor(failure, target);
  return { ok, kind, text, ...(error && { error }), ...(advice !== undefined && { advice }) };
}

/** load_balance_hosts=random (Fisher and Yates). */
function shuffled(hosts: readonly HostAddress[]): readonly HostAddress[] {
  const order = [...hosts];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    const [a, b] = [order[last], order[other]];
    if (a !== undefined && b !== undefined) [order[last], order[other]] = [b, a];
  }
  return order;
}
