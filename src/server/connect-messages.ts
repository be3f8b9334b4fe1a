import type { ServerError } from '../result/server-error.ts';
import { isSocket, socketPath } from './host-list.ts';
import type { HostAddress } from './target.ts';

/** Sentences of libpq for the reasons that have no error number. */
export const connectReasons = {
  timeout: 'timeout expired',
  noPassword: 'fe_sendauth: no password supplied',
  sslRefused: 'server does not support SSL, but SSL was required',
  closed:
    'server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or while processing the request.',
  readOnly: 'session is read-only',
  notReadOnly: 'session is not read-only',
  inHotStandby: 'server is in hot standby mode',
  notInHotStandby: 'server is not in hot standby mode',
  bindingRequired: 'channel binding required, but server authenticated client without channel binding',
  bindingNotOffered: 'channel binding is required, but server did not offer an authentication method that supports channel binding',
} as const;

/** `connection to server at "h" (1.2.3.4), port 5432`; the address only where it says more than the name. */
export function serverIdentity(host: HostAddress, address = ''): string {
  if (isSocket(host)) return `connection to server on socket "${socketPath(host)}"`;
  const name = host.address ?? host.host;
  const shown = address === '' || address === name ? '' : ` (${address})`;
  return `connection to server at "${name}"${shown}, port ${host.port}`;
}

/** One failed attempt: who, and why. */
export function connectionFailed(host: HostAddress, address: string, reason: string): string {
  return `${serverIdentity(host, address)} failed: ${reason}`;
}

/** All failed attempts, one after the other, as libpq collects them. */
export function joinFailures(texts: readonly string[]): string {
  return texts.join('\n');
}

// What the C library says of an error number.
const errnoTexts: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  ENOENT: 'No such file or directory',
  EACCES: 'Permission denied',
  EPERM: 'Operation not permitted',
  ETIMEDOUT: 'Connection timed out',
  EHOSTUNREACH: 'No route to host',
  ENETUNREACH: 'Network is unreachable',
  EHOSTDOWN: 'Host is down',
  ECONNRESET: 'Connection reset by peer',
  ECONNABORTED: 'Software caused connection abort',
  EPIPE: 'Broken pipe',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  ENOTSOCK: 'Socket operation on non-socket',
  EPROTOTYPE: 'Protocol wrong type for socket',
  ENOTDIR: 'Not a directory',
  EINVAL: 'Invalid argument',
  EAGAIN: 'Resource temporarily unavailable',
  EMFILE: 'Too many open files',
};

/** What the C library says of an error of Node's (`ECONNREFUSED` …). */
function errnoText(error: NodeJS.ErrnoException): string {
  return errnoTexts[error.code ?? ''] ?? error.message;
}

/** The reason where connect() itself failed, with libpq's question. */
export function socketFailure(host: HostAddress, error: NodeJS.ErrnoException): string {
  const question = isSocket(host)
    ? 'Is the server running locally and accepting connections on that socket?'
    : 'Is the server running on that host and accepting TCP/IP connections?';
  return `${errnoText(error)}\n\t${question}`;
}

/** The reason where the server was there and the connection broke while it was being set up. */
export function brokenConnection(error: NodeJS.ErrnoException): string {
  const isReset = error.code === 'ECONNRESET' || error.code === 'EPIPE';
  return isReset ? `could not receive data from server: ${errnoText(error)}` : connectReasons.closed;
}

// What getaddrinfo says, by Node's code.
const lookupTexts: Readonly<Record<string, string>> = {
  ENOTFOUND: 'Name or service not known',
  ENODATA: 'No address associated with hostname',
  EAI_AGAIN: 'Temporary failure in name resolution',
  EAI_FAIL: 'Non-recoverable failure in name resolution',
  EAI_NODATA: 'No address associated with hostname',
};

/** A whole line: libpq puts no "connection to server" before it. */
export function unknownHost(host: HostAddress, error: NodeJS.ErrnoException): string {
  return `could not translate host name "${host.host}" to address: ${lookupTexts[error.code ?? ''] ?? error.message}`;
}

/** The reason where the TLS handshake failed: OpenSSL's own words, as libpq passes them on. */
export function tlsFailure(error: NodeJS.ErrnoException & { readonly reason?: string }): string {
  if (/^server certificate |^could not get server's host name/.test(error.message)) return error.message;
  if (error.code?.startsWith('ERR_SSL') || error.reason) return `SSL error: ${error.reason ?? error.message}`;
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return 'SSL SYSCALL error: EOF detected';
  return /CERT|SIGNATURE|ISSUER|CRL|CHAIN/.test(error.code ?? '') ? 'SSL error: certificate verify failed' : `SSL error: ${error.message}`;
}

/** An error of the server while connecting, as libpq shows it: message, detail and hint on lines of their own. */
export function serverRejection(error: ServerError): string {
  const lines = [`${error.severity}:  ${error.message}`];
  if (error.detail !== undefined) lines.push(`DETAIL:  ${error.detail}`);
  if (error.hint !== undefined) lines.push(`HINT:  ${error.hint}`);
  return lines.join('\n');
}
