import type { ConnectFailure } from './session.ts';
import type { ConnectionTarget } from './target.ts';

export type FailureFacts = Pick<ConnectFailure, 'kind' | 'error'> & { readonly text: string };

/** One sentence with what to do about a failed connection, for the workbench; undefined where the failure says it all. */
export function adviceFor(failure: FailureFacts, target?: ConnectionTarget): string | undefined {
  const code = failure.error?.code;
  if (code !== undefined) return adviceByCode(code, failure.error?.message ?? '', target);
  const first = target?.hosts[0];
  const place = first === undefined ? 'the server' : `${first.host}, port ${first.port}`;
  switch (failure.kind) {
    case 'refused':
      return /No such file|\.s\.PGSQL/.test(failure.text)
        ? 'Start the server of this machine, or name the host of another with -h or in the profile.'
        : `Nothing answers at ${place}: check that the server runs there, that the port is right and that listen_addresses lets you in.`;
    case 'timeout':
      return `No answer in time from ${place}: check the address, the firewall between, or raise connect_timeout.`;
    case 'unknown-host':
      return `Check the spelling of the host${first === undefined ? '' : ` "${first.host}"`}, and that this machine can look names up.`;
    case 'tls':
      return tlsAdvice(failure.text);
    case 'password-needed':
      return `The server asks for a password for ${target === undefined ? 'this user' : `"${target.user}"`}: type it, or put it in ~/.pgpass or PGPASSWORD.`;
    case 'bad-target':
      return 'Correct the connection string: a URI is postgresql://user@host:port/database?parameter=value.';
    case 'declined':
    case 'embedded':
    case 'server':
      return undefined;
  }
}

function tlsAdvice(text: string): string {
  if (text.includes('does not support SSL')) {
    return 'The server has TLS switched off: switch it on there, or use sslmode=prefer if this network may be trusted.';
  }
  if (text.includes('does not match host name')) {
    return "Connect by the name that is in the server's certificate; sslmode=verify-ca would not check the name.";
  }
  if (text.includes('root certificate file')) {
    return 'Put the certificate of the authority at that path or name it with sslrootcert (sslrootcert=system for a public one).';
  }
  if (text.includes('private key file')) return 'Give the key of your certificate with sslkey, readable by you alone (chmod 600).';
  if (text.includes('verify failed')) {
    return "The server's certificate is not signed by the authority you gave: check sslrootcert, and that this is the server you mean.";
  }
  return 'Check the TLS settings of both sides: sslmode, the certificates, and the protocol versions allowed.';
}

function adviceByCode(code: string, message: string, target: ConnectionTarget | undefined): string | undefined {
  const user = target === undefined ? 'the user' : `"${target.user}"`;
  const database = target === undefined ? 'the database' : `"${target.database}"`;
  switch (code) {
    case '28P01':
      return `Check the password of ${user}; the same answer comes when the role does not exist or its password has expired (VALID UNTIL).`;
    case '28000':
      return invalidAuthorization(message, user, database);
    case '3D000':
      return `There is no database ${database} on this server: list them with \\l from another, such as postgres, or create it.`;
    case '42501':
      return `Ask the owner of ${database} for: GRANT CONNECT ON DATABASE … TO ${user}.`;
    case '53300':
      return 'All connections are taken: close some, or ask for a higher max_connections or connection limit.';
    case '57P03':
      return 'The server is starting, stopping or recovering: wait a moment and connect again.';
    case '57P01':
    case '57P02':
      return 'The server is shutting down: connect again when it is back.';
    case '22023':
    case '42704':
      return 'The server refuses a setting sent with the connection: check options, client_encoding and PGOPTIONS.';
    default:
      return undefined;
  }
}

function invalidAuthorization(message: string, user: string, database: string): string {
  if (message.includes('does not exist')) return `There is no role ${user} on this server: check the name given with -U or PGUSER.`;
  if (message.includes('not permitted to log in')) return `Role ${user} may not log in: ALTER ROLE … LOGIN, or connect as another.`;
  if (message.includes('pg_hba.conf')) {
    return /no encryption|SSL off/.test(message)
      ? `The server's pg_hba.conf does not let ${user} into ${database} without encryption: try sslmode=require, or ask for an entry.`
      : `The server's pg_hba.conf has no entry that lets ${user} into ${database} from here: ask its administrator for one.`;
  }
  if (message.includes('Peer') || message.includes('Ident')) {
    return `On this socket the server wants the account's own name: connect as it, or over TCP with -h localhost and a password.`;
  }
  return `The server does not let ${user} in: check the name, the certificate, and whether the role has expired.`;
}
