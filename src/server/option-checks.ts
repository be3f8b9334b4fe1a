import { isIP } from 'node:net';
import { connectionFailed } from './connect-messages.ts';
import type { OptionValues } from './connection-options.ts';
import { isSocket } from './host-list.ts';
import { readNumber } from './integer-option.ts';
import type { HostAddress } from './target.ts';

// In the order in which libpq looks at them. An empty sslmode is an error there, an empty value elsewhere says nothing.
const choices: readonly (readonly [keyword: string, values: readonly string[]])[] = [
  ['channel_binding', ['disable', 'prefer', 'require']],
  ['sslmode', ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']],
  ['sslnegotiation', ['postgres', 'direct']],
  ['ssl_min_protocol_version', ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']],
  ['ssl_max_protocol_version', ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']],
  ['sslcertmode', ['disable', 'allow', 'require']],
  ['gssencmode', ['disable', 'prefer', 'require']],
  ['target_session_attrs', ['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby']],
  ['load_balance_hosts', ['disable', 'random']],
];
// libpq compares these without regard to case.
const caseless = ['ssl_min_protocol_version', 'ssl_max_protocol_version'];
const mayBeEmpty = ['ssl_min_protocol_version', 'ssl_max_protocol_version'];
const integers = ['connect_timeout'];
const tcpIntegers = ['keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_count', 'tcp_user_timeout'];

/** The first thing wrong with the parameters, in libpq's words; undefined where all can be honoured. */
export function checkOptions(values: OptionValues, hosts: readonly HostAddress[], portFault?: string): string | undefined {
  return (
    checkChoices(values) ??
    checkTls(values) ??
    checkUnsupported(values, hosts) ??
    portFault ??
    checkAddresses(hosts) ??
    checkNumbers(values, hosts)
  );
}

function checkChoices(values: OptionValues): string | undefined {
  for (const [keyword, allowed] of choices) {
    const value = values.get(keyword);
    if (value === undefined || (value === '' && mayBeEmpty.includes(keyword))) continue;
    const isAllowed = caseless.includes(keyword)
      ? allowed.some((choice) => choice.toLowerCase() === value.toLowerCase())
      : allowed.includes(value);
    if (!isAllowed) return `invalid ${keyword} value: "${value}"`;
  }
  return undefined;
}

function checkTls(values: OptionValues): string | undefined {
  const minimum = values.get('ssl_min_protocol_version')?.toLowerCase() ?? '';
  const maximum = values.get('ssl_max_protocol_version')?.toLowerCase() ?? '';
  if (minimum !== '' && maximum !== '' && minimum > maximum) return 'invalid SSL protocol version range';
  const mode = values.get('sslmode');
  const isWeak = ['disable', 'allow', 'prefer'].includes(mode ?? 'prefer');
  if (values.get('sslrootcert') === 'system' && mode !== undefined && mode !== 'verify-full') {
    return `weak sslmode "${mode}" may not be used with sslrootcert=system (use "verify-full")`;
  }
  if (values.get('sslnegotiation') === 'direct' && isWeak && values.get('sslrootcert') !== 'system') {
    return `weak sslmode "${mode ?? 'prefer'}" may not be used with sslnegotiation=direct (use "require", "verify-ca", or "verify-full")`;
  }
  return undefined;
}

/** What cannot be done here and would protect less if it were passed over in silence. */
function checkUnsupported(values: OptionValues, hosts: readonly HostAddress[]): string | undefined {
  if (values.get('gssencmode') === 'require') return 'gssencmode value "require" invalid when GSSAPI support is not compiled in';
  if (values.get('requirepeer') && hosts.some(isSocket)) return 'requirepeer parameter is not supported on this platform';
  const refused: readonly (readonly [keyword: string, doInstead: string])[] = [
    ['require_auth', 'leave it out, or demand channel_binding=require'],
    ['sslcrldir', 'name one file with sslcrl'],
    ['scram_client_key', 'give a password'],
    ['scram_server_key', 'give a password'],
  ];
  for (const [keyword, doInstead] of refused) {
    if (values.get(keyword)) return `connection option "${keyword}" is not supported: ${doInstead}`;
  }
  if (values.get('sslcertmode') === 'require') return 'sslcertmode value "require" is not supported: use "allow"';
  if (values.get('min_protocol_version') && !['3.0', ''].includes(values.get('min_protocol_version') ?? '')) {
    return 'min_protocol_version above 3.0 is not supported: leave it out';
  }
  return undefined;
}

function checkNumbers(values: OptionValues, hosts: readonly HostAddress[]): string | undefined {
  const server = hosts.find((host) => !isSocket(host)) ?? hosts[0];
  for (const keyword of server === undefined || isSocket(server) ? integers : [...integers, ...tcpIntegers]) {
    const value = values.get(keyword);
    if (value === undefined || readNumber(value) !== undefined) continue;
    const reason = `invalid integer value "${value}" for connection option "${keyword}"`;
    // libpq finds this only when it has begun to connect.
    return server === undefined ? reason : connectionFailed(server, '', reason);
  }
  return undefined;
}

// Besides the usual form the resolver takes shortened numeric addresses: 127.1.
const shortAddress = /^\d+(?:\.\d+){0,3}$/;

function checkAddresses(hosts: readonly HostAddress[]): string | undefined {
  const wrong = hosts.find(({ address }) => address !== undefined && isIP(address) === 0 && !shortAddress.test(address));
  return wrong === undefined ? undefined : `could not parse network address "${wrong.address}": Name or service not known`;
}
