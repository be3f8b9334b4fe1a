import { isIP } from 'node:net';
import type { ServerAddress } from './connect-address.ts';
import { isSocketFolder, socketPath } from './host-list.ts';
import type { HostAddress } from './target.ts';

/** Whether a host is reached over a Unix socket; hostaddr goes over TCP whatever the host is called. */
export function isSocket(host: HostAddress): boolean {
  return host.address === undefined && isSocketFolder(host.host);
}

/** Where a host is: its socket, the address given, or all that its name stands for, in the resolver's order. Rejects for an unknown name. */
export async function addressesOf(host: HostAddress): Promise<readonly ServerAddress[]> {
  // An abstract socket (Linux) is written @name and begins with a NUL byte for the kernel.
  if (isSocket(host)) return [{ path: socketPath(host).replace(/^@/, '\0') }];
  const name = host.address ?? host.host;
  if (isIP(name) !== 0) return [{ address: name, port: host.port }];
  const { lookup } = await import('node:dns/promises');
  const found = await lookup(name, { all: true, verbatim: true });
  return found.map(({ address }) => ({ address, port: host.port }));
}

/** The address for messages and facts; '' for a socket. */
export function addressText(address: ServerAddress | undefined): string {
  return address === undefined || 'path' in address ? '' : address.address;
}
