import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import * as tls from 'node:tls';
import type { ConnectionTarget, HostAddress } from './target.ts';

export type TlsOutcome =
  | { readonly ok: true; readonly options: tls.ConnectionOptions; readonly verifies: 'nothing' | 'ca' | 'full' }
  | { readonly ok: false; readonly text: string };

/** A file's bytes; undefined where there is none. Throws where it cannot be read. */
export type ReadFile = (path: string) => Buffer | undefined;
/** Mode and owner, for the rule on private keys; undefined where there is no such file. */
export type StatKey = (path: string) => { readonly isFile: boolean; readonly mode: number; readonly uid: number } | undefined;

/**
 * TLS as libpq does it: a root certificate that is present is always used to verify, even under require and prefer; only verify-full
 * compares the name; the client's certificate is sent where one is found. Errors are libpq's.
 */
export function tlsOptions(target: ConnectionTarget, host: HostAddress, readFile: ReadFile, statKey: StatKey = statOfKey): TlsOutcome {
  try {
    const roots = rootCertificates(target, readFile);
    if (target.sslMode === 'verify-full' && host.host === '') fail('host name must be specified for a verified SSL connection');
    const isFull = target.sslMode === 'verify-full';
    return {
      ok: true,
      verifies: roots === undefined ? 'nothing' : isFull ? 'full' : 'ca',
      options: {
        ...roots,
        ...clientCertificate(target, readFile, statKey),
        rejectUnauthorized: roots !== undefined,
        checkServerIdentity: isFull ? (_name, certificate) => nameMismatch(host.host, certificate) : () => undefined,
        minVersion: target.sslMinVersion ?? 'TLSv1.2',
        ...(target.sslMaxVersion === undefined ? {} : { maxVersion: target.sslMaxVersion }),
        ...(target.sslSni === false || isIP(host.host) !== 0 ? {} : { servername: host.host }),
        ...(target.sslNegotiation === 'direct' ? { ALPNProtocols: ['postgresql'] } : {}),
      },
    };
  } catch (error) {
    if (error instanceof TlsFault) return { ok: false, text: error.message };
    throw error;
  }
}

// Carries libpq's sentence to tlsOptions; never leaves this file.
class TlsFault extends Error {}

function fail(text: string): never {
  throw new TlsFault(text);
}

type Roots = Pick<tls.SecureContextOptions, 'ca' | 'crl'>;

function rootCertificates(target: ConnectionTarget, readFile: ReadFile): Roots | undefined {
  if (target.sslRootCert === 'system') return { ca: tls.getCACertificates('system') };
  const path = target.sslRootCert ?? inFolder(target, 'root.crt');
  const ca = path === undefined ? undefined : attempt(() => readFile(path), `could not read root certificate file "${path}"`);
  if (ca === undefined) {
    if (!target.sslMode.startsWith('verify')) return undefined;
    if (path === undefined) fail('could not get home directory to locate root certificate file');
    fail(
      `root certificate file "${path}" does not exist\nEither provide the file or change sslmode to disable server certificate verification.`,
    );
  }
  const crlPath = target.sslCrl ?? inFolder(target, 'root.crl');
  const crl = crlPath === undefined ? undefined : attempt(() => readFile(crlPath), `could not read revocation list "${crlPath}"`);
  // libpq passes over a list that is not there, named or not.
  return crl === undefined ? { ca } : { ca, crl };
}

function clientCertificate(
  target: ConnectionTarget,
  readFile: ReadFile,
  statKey: StatKey,
): Pick<tls.SecureContextOptions, 'cert' | 'key' | 'passphrase'> {
  const certPath = target.sslCert ?? inFolder(target, 'postgresql.crt');
  if (target.sslCertMode === 'disable' || certPath === undefined) return {};
  const cert = attempt(() => readFile(certPath), `could not open certificate file "${certPath}"`);
  if (cert === undefined) return {};
  const keyPath = target.sslKey ?? inFolder(target, 'postgresql.key') ?? certPath;
  const key = statKey(keyPath);
  if (key === undefined) fail(`certificate present, but not private key file "${keyPath}"`);
  if (!key.isFile) fail(`private key file "${keyPath}" is not a regular file`);
  const forbidden = key.uid === 0 && process.getuid?.() !== 0 ? 0o037 : 0o077;
  if ((key.mode & forbidden) !== 0 && process.platform !== 'win32') {
    fail(
      `private key file "${keyPath}" has group or world access; file must have permissions u=rw (0600) or less if owned by the current user, or permissions u=rw,g=r (0640) or less if owned by root`,
    );
  }
  const bytes = attempt(() => readFile(keyPath), `could not load private key file "${keyPath}"`);
  return {
    cert,
    ...(bytes === undefined ? {} : { key: bytes }),
    ...(target.sslPassword === undefined ? {} : { passphrase: target.sslPassword }),
  };
}

function inFolder(target: ConnectionTarget, name: string): string | undefined {
  return target.certificateFolder === undefined ? undefined : `${target.certificateFolder}/${name}`;
}

function attempt<T>(read: () => T, what: string): T {
  try {
    return read();
  } catch (error) {
    fail(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function nameMismatch(host: string, certificate: tls.PeerCertificate): Error | undefined {
  if (tls.checkServerIdentity(host, certificate) === undefined) return undefined;
  const names = (certificate.subjectaltname ?? '')
    .split(', ')
    .map((name) => name.replace(/^(?:DNS|IP Address):/, ''))
    .filter((name) => name !== '');
  const first = names[0] ?? String(certificate.subject?.CN ?? '');
  if (first === '') return new Error("could not get server's host name from server certificate");
  const others = names.length - 1;
  const more = others > 0 ? ` (and ${others} other name${others === 1 ? '' : 's'})` : '';
  return new Error(`server certificate for "${first}"${more} does not match host name "${host}"`);
}

function statOfKey(path: string): ReturnType<StatKey> {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? undefined : { isFile: stat.isFile(), mode: stat.mode, uid: stat.uid };
}
