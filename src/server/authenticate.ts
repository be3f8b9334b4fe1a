import type { TLSSocket } from 'node:tls';
import type { ServerError } from '../result/server-error.ts';
import type { TransactionStatus } from '../result/server-event.ts';
import type { Untrusted } from '../text/untrusted.ts';
import { connectReasons, serverRejection } from './connect-messages.ts';
import { passwordMessage, saslInitialResponse, saslResponse, startupMessage } from './frontend-messages.ts';
import type { ConnectionTarget } from './target.ts';
import type { Wire } from './wire.ts';

export interface Startup {
  readonly user: string;
  readonly database: string;
  readonly startupParameters: Readonly<Record<string, string>>;
  readonly password?: string;
  readonly channelBinding?: ConnectionTarget['channelBinding'];
  /** The socket, where the server can be recognized by its certificate. */
  readonly tlsSocket?: TLSSocket;
}

export interface Authenticated {
  readonly ok: true;
  readonly processId: number;
  readonly secretKey: Buffer;
  readonly parameters: Map<string, Untrusted>;
  readonly status: TransactionStatus;
  readonly usedPassword: boolean;
  /** What the server warned of meanwhile, such as a collation whose version changed. */
  readonly notices: readonly ServerError[];
}

export interface NotAuthenticated {
  readonly ok: false;
  readonly text: string;
  readonly error?: ServerError;
  readonly needsPassword?: boolean;
  /** The server itself refused, before it had let us in: where sslmode allows both, libpq then tries the other way. */
  readonly isLoginRefused?: boolean;
}

// Guards against a hostile server that asks for hours of hashing; scram_iterations defaults to 4096.
const maximumScramIterations = 5_000_000;
// And against one that never comes to an end.
const maximumParameters = 1000;
const maximumNotices = 100;

/** Codes of the Authentication messages (protocol, section "Message Formats"). */
const method = { ok: 0, cleartext: 3, md5: 5, gss: 7, sspi: 9, sasl: 10, saslContinue: 11, saslFinal: 12 };

/** The start-up conversation, up to the first ReadyForQuery (protocol, section "Start-up"). */
export async function authenticate(wire: Wire, startup: Startup): Promise<Authenticated | NotAuthenticated> {
  const { user, database, startupParameters } = startup;
  wire.send(startupMessage({ user, database, ...startupParameters }));
  const notices: ServerError[] = [];
  const login = await logIn(wire, startup, notices);
  if (!login.ok) return { ...login, isLoginRefused: login.error !== undefined };
  const parameters = new Map<string, Untrusted>();
  let processId = 0;
  let secretKey: Buffer = Buffer.alloc(4);
  for (;;) {
    const event = await wire.next();
    if (event.type === 'parameter' && parameters.size < maximumParameters) parameters.set(event.name, event.value);
    else if (event.type === 'notice' && notices.length < maximumNotices) notices.push(event.notice);
    else if (event.type === 'backendKey') ({ processId, secretKey } = event);
    else if (event.type === 'ready') {
      return { ok: true, processId, secretKey, parameters, status: event.status, usedPassword: login.usedPassword, notices };
    } else if (event.type === 'error' || event.type === 'lost') return failure(event);
    else return { ok: false, text: `unexpected message from server during startup` };
  }
}

type LoggedIn = { readonly ok: true; readonly usedPassword: boolean };

async function logIn(wire: Wire, startup: Startup, notices: ServerError[]): Promise<LoggedIn | NotAuthenticated> {
  let usedPassword = false;
  for (;;) {
    const event = await wire.next();
    if (event.type === 'error' || event.type === 'lost') return failure(event);
    if (event.type === 'notice' && notices.length < maximumNotices) {
      notices.push(event.notice);
      continue;
    }
    if (event.type !== 'authentication')
      return { ok: false, text: `expected authentication request from server, but received ${event.type}` };
    if (event.method === method.ok) {
      if (startup.channelBinding === 'require' && !usedPassword) return { ok: false, text: connectReasons.bindingRequired };
      return { ok: true, usedPassword };
    }
    const problem = await answer(wire, startup, event.method, event.data);
    if (problem !== undefined) return problem;
    usedPassword = true;
  }
}

async function answer(wire: Wire, startup: Startup, code: number, data: Buffer): Promise<NotAuthenticated | undefined> {
  if (code !== method.cleartext && code !== method.md5 && code !== method.sasl) {
    return { ok: false, text: unsupportedMethod(code) };
  }
  if (startup.channelBinding === 'require' && code !== method.sasl) {
    return { ok: false, text: "channel binding required but not supported by server's authentication request" };
  }
  if (startup.password === undefined || startup.password === '') return { ok: false, text: connectReasons.noPassword, needsPassword: true };
  if (code === method.cleartext) wire.send(passwordMessage(startup.password));
  else if (code === method.md5) {
    const { postgresMd5PasswordHash } = (await import('pg/lib/crypto/utils.js')).default;
    wire.send(passwordMessage(await postgresMd5PasswordHash(startup.user, startup.password, data)));
  } else return await scram(wire, startup, startup.password, data);
  return undefined;
}

/** SASL with SCRAM-SHA-256, or -PLUS where the wire is encrypted; the computing is pg's, loaded only when a server asks. */
async function scram(wire: Wire, startup: Startup, password: string, data: Buffer): Promise<NotAuthenticated | undefined> {
  const mechanisms = data
    .toString('latin1')
    .split('\0')
    .filter((name) => name !== '');
  const bindsChannel = startup.channelBinding !== 'disable' && startup.tlsSocket !== undefined;
  if (startup.channelBinding === 'require' && !bindsChannel) return { ok: false, text: 'channel binding required, but SSL not in use' };
  if (startup.channelBinding === 'require' && !mechanisms.includes('SCRAM-SHA-256-PLUS')) {
    return {
      ok: false,
      text: connectReasons.bindingNotOffered,
    };
  }
  const socket = bindsChannel && startup.tlsSocket !== undefined ? startup.tlsSocket : false;
  const { startSession, continueSession, finalizeSession } = (await import('pg/lib/crypto/sasl.js')).default;
  try {
    const session = startSession(mechanisms, socket, maximumScramIterations);
    wire.send(saslInitialResponse(session.mechanism, session.response));
    const first = await saslData(wire, method.saslContinue);
    if (!Buffer.isBuffer(first)) return first;
    await continueSession(session, password, first.toString(), socket);
    wire.send(saslResponse(session.response));
    const final = await saslData(wire, method.saslFinal);
    if (!Buffer.isBuffer(final)) return final;
    finalizeSession(session, final.toString());
    return undefined;
  } catch (error) {
    return { ok: false, text: error instanceof Error ? error.message : String(error) };
  }
}

async function saslData(wire: Wire, expected: number): Promise<Buffer | NotAuthenticated> {
  for (;;) {
    const event = await wire.next();
    if (event.type === 'error' || event.type === 'lost') return failure(event);
    if (event.type === 'notice') continue;
    if (event.type === 'authentication' && event.method === expected) return event.data;
    return { ok: false, text: 'unexpected message from server during SASL authentication' };
  }
}

function failure(event: { type: 'error'; error: ServerError } | { type: 'lost'; reason: string }): NotAuthenticated {
  if (event.type === 'lost') return { ok: false, text: event.reason };
  return { ok: false, text: serverRejection(event.error), error: event.error };
}

function unsupportedMethod(code: number): string {
  if (code === method.gss) return 'GSSAPI authentication not supported';
  if (code === method.sspi) return 'SSPI authentication not supported';
  return `authentication method ${code} not supported`;
}
