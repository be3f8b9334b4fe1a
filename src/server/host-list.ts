import type { OptionValues } from './connection-options.ts';
import { readNumber } from './integer-option.ts';
import type { HostAddress } from './target.ts';

export type HostList =
  /** `portFault`: libpq looks at the numbers only when it connects, after all else was found right. */
  | { readonly ok: true; readonly hosts: readonly HostAddress[]; readonly portFault?: string }
  | { readonly ok: false; readonly text: string };

const defaultPort = '5432';
// Debian's libpq and upstream's, in that order.
const socketFolders = ['/var/run/postgresql', '/tmp'];

/** Whether a host is the folder of a Unix socket, or an abstract socket's name ("@"). */
export function isSocketFolder(host: string): boolean {
  return host.startsWith('/') || host.startsWith('@');
}

/** Whether a host is reached by a Unix socket. */
export function isSocket(host: HostAddress): boolean {
  return host.address === undefined && isSocketFolder(host.host);
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
  let portFault: string | undefined;
  for (let index = 0; index < count; index++) {
    const text = (ports.length === 1 ? ports[0] : ports[index]) || defaultPort;
    const port = readNumber(text);
    if (port === undefined) portFault ??= `invalid integer value "${text}" for connection option "port"`;
    else if (port < 1 || port > 65535) portFault ??= `invalid port number: "${text}"`;
    hosts.push(hostAt(names[index], addresses[index], port ?? 0, exists));
  }
  return portFault === undefined ? { ok: true, hosts } : { ok: true, hosts, portFault };
}

function hostAt(name: string | undefined, address: string | undefined, port: number, exists: (path: string) => boolean): HostAddress {
  const host = name || address || defaultHost(port, exists);
  return address ? { host, address, port } : { host, port };
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
