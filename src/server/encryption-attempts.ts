import type { SslMode } from './target.ts';

/** The ways to open one connection, in libpq's order. On a socket there is no TLS, whatever sslmode says. */
export function encryptionAttempts(sslMode: SslMode, isSocket: boolean): readonly ('plain' | 'tls')[] {
  if (isSocket || sslMode === 'disable') return ['plain'];
  if (sslMode === 'allow') return ['plain', 'tls'];
  return sslMode === 'prefer' ? ['tls', 'plain'] : ['tls'];
}
