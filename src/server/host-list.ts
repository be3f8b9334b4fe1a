import type { OptionValues } from './connection-options.ts';
import { readNumber } from './option-checks.ts';
import type { HostAddress } from './target.ts';

export type HostList = { readonly ok: true; readonly hosts: readonly HostAddress[] } | { readonly ok: false; readonly text: string };

const defaultPort = '5432';
// Debian's libpq and upstream's, in that order.
const socketFolders = ['/var/run/postgresql', '/tmp'];

/** Whether a host is the folder of a Unix socket (or an abstract one, "@"). */
export function isSocketFolder(host: string): boolean {
  return host.startsWith('/') || host.startsWith('@');
}

/** Path of the socket in a host's folder. */
export function socketPath(host: HostAddress): string {
  return `${host.host}/.s.PGSQL.${host.port}`;
}

/** Pairs the comma lists of host, hostaddr and port as libpq does; one port serves all. */
export function readHosts(values: OptionValues, exists: (path: string) => boolean): HostList {
  const names = commaList(values.get('host'));
  const addresses = commaList(values.get('hostaddr'));
  const ports = commaList(values.get('port'));
  const count = Math.max(addresses.length || names.length, 1);
  if (addresses.length > 0 && names.length > 0 && names.length !== count) {
    return { ok: false, text: `could not match ${names.length} host names to ${count} hostaddr values` };
  }
  if (ports.length > 1 && ports.length !== count) {
    return { ok: false, text: `could not match ${ports.length} port numbers to ${count} hosts` };
  }
  const hosts: HostAddress[] = [];
  for (let index = 0; index < count; index++) {
    const port = readPort((ports.length === 1 ? ports[0] : ports[index]) || defaultPort);
    if (!port.ok) return port;
    const address = addresses[index] || undefined;
    const host = names[index] || address || defaultHost(port.number, exists);
    hosts.push(address === undefined ? { host, port: port.number } : { host, address, port: port.number });
  }
  return { ok: true, hosts };
}

function readPort(text: string): { readonly ok: true; readonly number: number } | { readonly ok: false; readonly text: string } {
  const number = readNumber(text);
  if (number === undefined) return { ok: false, text: `invalid integer value "${text}" for connection option "port"` };
  return number < 1 || number > 65535 ? { ok: false, text: `invalid port number: "${text}"` } : { ok: true, number };
}

function commaList(value: string | undefined): readonly string[] {
  return value === undefined || value === '' ? [] : value.split(',');
}

/** Where a server of this machine listens: the folder that has its socket, else Debian's where it exists, else upstream's. */
function defaultHost(port: number, exists: (path: string) => boolean): string {
  if (process.platform === 'win32') return 'localhost';
  const serving = socketFolders.find((folder) => exists(`${folder}/.s.PGSQL.${port}`));
  return serving ?? socketFolders.find(exists) ?? '/tmp';
}
