/** Connection parameters by keyword, as given: nothing is checked or defaulted yet. */
export type OptionValues = ReadonlyMap<string, string>;

export type ParsedOptions = { readonly ok: true; readonly values: OptionValues } | { readonly ok: false; readonly text: string };

/** Every keyword of libpq 10-18 and the environment variable that stands in for it ('' where there is none). */
export const connectionKeywords: ReadonlyMap<string, string> = new Map([
  ['service', 'PGSERVICE'],
  ['servicefile', 'PGSERVICEFILE'],
  ['user', 'PGUSER'],
  ['password', 'PGPASSWORD'],
  ['passfile', 'PGPASSFILE'],
  ['channel_binding', 'PGCHANNELBINDING'],
  ['connect_timeout', 'PGCONNECT_TIMEOUT'],
  ['dbname', 'PGDATABASE'],
  ['host', 'PGHOST'],
  ['hostaddr', 'PGHOSTADDR'],
  ['port', 'PGPORT'],
  ['client_encoding', 'PGCLIENTENCODING'],
  ['options', 'PGOPTIONS'],
  ['application_name', 'PGAPPNAME'],
  ['fallback_application_name', ''],
  ['keepalives', ''],
  ['keepalives_idle', ''],
  ['keepalives_interval', ''],
  ['keepalives_count', ''],
  ['tcp_user_timeout', ''],
  ['sslmode', 'PGSSLMODE'],
  ['sslnegotiation', 'PGSSLNEGOTIATION'],
  ['sslcompression', 'PGSSLCOMPRESSION'],
  ['sslcert', 'PGSSLCERT'],
  ['sslkey', 'PGSSLKEY'],
  ['sslkeylogfile', ''],
  ['sslcertmode', 'PGSSLCERTMODE'],
  ['sslpassword', ''],
  ['sslrootcert', 'PGSSLROOTCERT'],
  ['sslcrl', 'PGSSLCRL'],
  ['sslcrldir', 'PGSSLCRLDIR'],
  ['sslsni', 'PGSSLSNI'],
  ['requirepeer', 'PGREQUIREPEER'],
  ['require_auth', 'PGREQUIREAUTH'],
  ['ssl_min_protocol_version', 'PGSSLMINPROTOCOLVERSION'],
  ['ssl_max_protocol_version', 'PGSSLMAXPROTOCOLVERSION'],
  ['min_protocol_version', 'PGMINPROTOCOLVERSION'],
  ['max_protocol_version', 'PGMAXPROTOCOLVERSION'],
  ['gssencmode', 'PGGSSENCMODE'],
  ['krbsrvname', 'PGKRBSRVNAME'],
  ['gsslib', 'PGGSSLIB'],
  ['gssdelegation', 'PGGSSDELEGATION'],
  ['replication', ''],
  ['target_session_attrs', 'PGTARGETSESSIONATTRS'],
  ['load_balance_hosts', 'PGLOADBALANCEHOSTS'],
  ['scram_client_key', ''],
  ['scram_server_key', ''],
  ['oauth_issuer', ''],
  ['oauth_client_id', ''],
  ['oauth_client_secret', ''],
  ['oauth_scope', ''],
]);

/** Stores one parameter. False: there is no such keyword. `requiressl` is the old spelling of sslmode, as in libpq. */
export function storeOption(values: Map<string, string>, keyword: string, value: string): boolean {
  if (keyword === 'requiressl') {
    values.set('sslmode', value.startsWith('1') ? 'require' : 'prefer');
    return true;
  }
  if (!connectionKeywords.has(keyword)) return false;
  values.set(keyword, value);
  return true;
}
