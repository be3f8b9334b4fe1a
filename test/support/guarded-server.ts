import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type NativeServer, startNativeServer } from './native-server.ts';

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** A server that does not let everybody in: roles with passwords, one expired, one without login; TLS where openssl is installed. */
export interface GuardedServer extends NativeServer {
  /** The authority that signed the server's certificate (for "localhost"), and one that did not. */
  readonly authority: string;
  readonly otherAuthority: string;
}

const hba = `
local all all trust
host refused all 127.0.0.1/32 reject
host all needy,expired 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
`;

const statements = [
  "create role needy login password 'right'",
  "create role expired login password 'right' valid until '2020-01-01'",
  'create role nologin',
  'create role limited login connection limit 0',
  'create database refused',
  'create database closed',
  'revoke connect on database closed from public',
];

const nobody = 65534;

export async function startGuardedServer(settings: readonly string[] = []): Promise<GuardedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'howdah-guarded-'));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'hba.conf'), hba);
  const tls = hasOpenssl ? makeCertificates(folder) : [];
  const server = await startNativeServer({ settings: [`hba_file=${folder}/hba.conf`, ...tls, ...settings] });
  const admin = new pg.Client({ host: server.host, port: server.port, user: server.user, database: server.database });
  await admin.connect();
  for (const statement of statements) await admin.query(statement);
  await admin.end();
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...server, stop, authority: join(folder, 'ca.crt'), otherAuthority: join(folder, 'other.crt') };
}

/** The settings of the server that make use of them. */
function makeCertificates(folder: string): readonly string[] {
  const openssl = (...args: string[]) => {
    const done = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(done.stderr);
  };
  const newKey = ['req', '-newkey', 'rsa:2048', '-nodes'];
  openssl(...newKey, '-x509', '-days', '2', '-subj', '/CN=authority', '-keyout', 'ca.key', '-out', 'ca.crt');
  openssl(...newKey, '-x509', '-days', '2', '-subj', '/CN=other', '-keyout', 'other.key', '-out', 'other.crt');
  openssl(...newKey, '-subj', '/CN=localhost', '-keyout', 'server.key', '-out', 'server.csr');
  openssl('x509', '-req', '-days', '2', '-in', 'server.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'server.crt');
  chmodSync(join(folder, 'server.key'), 0o600);
  if (process.getuid?.() === 0) chownSync(join(folder, 'server.key'), nobody, nobody);
  return ['ssl=on', `ssl_cert_file=${folder}/server.crt`, `ssl_key_file=${folder}/server.key`];
}
