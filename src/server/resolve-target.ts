import { connectionKeywords, type OptionValues, type ParsedOptions } from './connection-options.ts';
import { isConnectionString, parseConnectionString } from './conninfo.ts';
import { readHosts } from './host-list.ts';
import { readNumber } from './integer-option.ts';
import { checkOptions } from './option-checks.ts';
import type { PassfileAccess } from './passfile.ts';
import { readService, type ServiceFiles, withFallback } from './service-file.ts';
import type { ConnectionTarget, SslMode, TlsVersion } from './target.ts';

export interface TargetOptions {
  readonly host?: string;
  readonly port?: string;
  readonly user?: string;
  /** A name, or a URI or key=value string, which then overrides host, port and user, as in psql. */
  readonly database?: string;
  /** For client_encoding, over what a string or the environment says: the workbench needs UTF8. */
  readonly clientEncoding?: string;
}

/** All that decides where to connect; the world comes in through here. */
export interface TargetInput extends ServiceFiles, PassfileAccess {
  readonly options: TargetOptions;
  /** The account's name at the operating system. */
  readonly userName: string;
  /** application_name where nothing else gives one. */
  readonly programName: string;
  /** Whether something lies at a path, for the default socket folder. */
  exists(path: string): boolean;
}

export type ResolvedTarget = { readonly ok: true; readonly target: ConnectionTarget } | { readonly ok: false; readonly text: string };

/** Arguments, connection string, service file, environment and defaults to one target, in libpq's order; errors in libpq's words. */
export function resolveTarget(input: TargetInput): ResolvedTarget {
  const collected = collectOptions(input);
  if (!collected.ok) return collected;
  const { values } = collected;
  const hosts = readHosts(values, input.exists);
  if (!hosts.ok) return hosts;
  const fault = checkOptions(values, hosts.hosts, hosts.portFault);
  if (fault !== undefined) return { ok: false, text: fault };
  const user = values.get('user') || input.userName;
  if (user === '') return { ok: false, text: 'the account has no name here: say who connects with -U or PGUSER' };
  return {
    ok: true,
    target: {
      hosts: hosts.hosts,
      user,
      database: values.get('dbname') || user,
      passfile: values.get('passfile') || `${input.home}/.pgpass`,
      sslMode: (values.get('sslmode') ?? defaultSslMode(values)) as SslMode,
      certificateFolder: `${input.home}/.postgresql`,
      startupParameters: startupParameters(values, input),
      keepalives: readNumber(values.get('keepalives')) !== 0,
      ...optionalFields(values),
    },
  };
}

/** What was said about the connection, before defaults: the string's parameters over the options', then service, then environment. */
function collectOptions(input: Pick<TargetInput, 'options' | keyof ServiceFiles>): ParsedOptions {
  const { environment, options } = input;
  const given = givenOptions(options);
  if (!given.ok) return given;
  let values = given.values;
  const service = values.get('service') ?? environment.PGSERVICE;
  if (service !== undefined) {
    const found = readService(service, input, values.get('servicefile'));
    if (!found.ok) return found;
    values = withFallback(values, found.values);
  }
  return { ok: true, values: withFallback(values, environmentOptions(environment)) };
}

function givenOptions(options: TargetOptions): ParsedOptions {
  const values = new Map<string, string>();
  const store = (keyword: string, value: string | undefined) => {
    if (value !== undefined && value !== '') values.set(keyword, value);
  };
  store('host', options.host);
  store('port', options.port);
  store('user', options.user);
  if (options.database !== undefined && isConnectionString(options.database)) {
    const parsed = parseConnectionString(options.database);
    if (!parsed.ok) return parsed;
    for (const [keyword, value] of parsed.values) values.set(keyword, value);
  } else {
    store('dbname', options.database);
  }
  store('client_encoding', options.clientEncoding);
  return { ok: true, values };
}

function environmentOptions(environment: Readonly<Record<string, string | undefined>>): OptionValues {
  const values = new Map<string, string>();
  // The old spelling of PGSSLMODE=require.
  if (environment.PGREQUIRESSL?.startsWith('1')) values.set('sslmode', 'require');
  for (const [keyword, variable] of connectionKeywords) {
    const value = variable === '' ? undefined : environment[variable];
    if (value !== undefined) values.set(keyword, value);
  }
  return values;
}

/** libpq 16: the system's roots verify everyone, so that only a checked name means anything. */
function defaultSslMode(values: OptionValues): SslMode {
  return values.get('sslrootcert') === 'system' ? 'verify-full' : 'prefer';
}

// libpq, "Environment Variables": the default behaviour of a session.
const sessionVariables = [
  ['PGDATESTYLE', 'datestyle'],
  ['PGTZ', 'timezone'],
  ['PGGEQO', 'geqo'],
] as const;

function startupParameters(values: OptionValues, input: TargetInput): Record<string, string> {
  const parameters: Record<string, string> = {};
  const store = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== '') parameters[name] = value;
  };
  store('replication', values.get('replication'));
  store('options', values.get('options'));
  // The program's own name stands where psql gives its fallback_application_name: over one in a string.
  store('application_name', values.get('application_name') ?? input.programName);
  const encoding = values.get('client_encoding');
  store('client_encoding', encoding?.toLowerCase() === 'auto' ? 'UTF8' : encoding);
  for (const [variable, name] of sessionVariables) {
    const value = input.environment[variable];
    if (value !== undefined && value.toLowerCase() !== 'default') parameters[name] = value;
  }
  return parameters;
}

type OptionalFields = Partial<ConnectionTarget>;

/** Fields that stay absent where nothing was said; '' says nothing. Values were checked before. */
function optionalFields(values: OptionValues): OptionalFields {
  const fields: Record<string, unknown> = {};
  const store = (field: keyof ConnectionTarget, keyword: string) => {
    const value = values.get(keyword);
    if (value !== undefined && value !== '') fields[field] = value;
  };
  store('password', 'password');
  store('sslRootCert', 'sslrootcert');
  store('sslCert', 'sslcert');
  store('sslKey', 'sslkey');
  store('sslPassword', 'sslpassword');
  store('sslCertMode', 'sslcertmode');
  store('sslCrl', 'sslcrl');
  store('sslNegotiation', 'sslnegotiation');
  store('channelBinding', 'channel_binding');
  store('targetSessionAttrs', 'target_session_attrs');
  store('service', 'service');
  const timeout = readNumber(values.get('connect_timeout')) ?? 0;
  const minVersion = tlsVersion(values.get('ssl_min_protocol_version'));
  const maxVersion = tlsVersion(values.get('ssl_max_protocol_version'));
  return {
    ...(fields as OptionalFields),
    ...(values.get('sslsni')?.startsWith('0') ? { sslSni: false } : {}),
    ...(minVersion === undefined ? {} : { sslMinVersion: minVersion }),
    ...(maxVersion === undefined ? {} : { sslMaxVersion: maxVersion }),
    ...(values.get('load_balance_hosts') === 'random' ? { loadBalanceHosts: true } : {}),
    // libpq: "The minimum allowed timeout is 2 seconds, therefore a value of 1 is interpreted as 2."
    ...(timeout > 0 ? { connectTimeout: Math.max(timeout, 2) } : {}),
  };
}

const tlsVersions: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

function tlsVersion(text: string | undefined): TlsVersion | undefined {
  return tlsVersions.find((version) => version.toLowerCase() === text?.toLowerCase());
}
