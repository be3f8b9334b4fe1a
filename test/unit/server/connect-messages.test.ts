import { expect, test } from 'vitest';
import { adviceFor } from '../../../src/server/connect-advice.ts';
import { connectionFailed, serverIdentity, socketFailure, tlsFailure, unknownHost } from '../../../src/server/connect-messages.ts';

const errno = (code: string) => Object.assign(new Error(code), { code });

test.each([
  [{ host: 'localhost', port: 5432 }, '127.0.0.1', 'connection to server at "localhost" (127.0.0.1), port 5432'],
  [{ host: '127.0.0.1', port: 1 }, '127.0.0.1', 'connection to server at "127.0.0.1", port 1'],
  [{ host: 'db', address: '10.0.0.1', port: 1 }, '10.0.0.1', 'connection to server at "10.0.0.1", port 1'],
  [{ host: '/tmp', port: 5 }, '', 'connection to server on socket "/tmp/.s.PGSQL.5"'],
])('%j', (host, address, text) => {
  expect(serverIdentity(host, address)).toBe(text);
});

test("libpq's sentences", () => {
  const host = { host: 'x', port: 1 };
  expect(connectionFailed(host, '::1', socketFailure(host, errno('ECONNREFUSED')))).toBe(
    'connection to server at "x" (::1), port 1 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?',
  );
  expect(unknownHost(host, errno('ENOTFOUND'))).toBe('could not translate host name "x" to address: Name or service not known');
  expect(tlsFailure(errno('SELF_SIGNED_CERT_IN_CHAIN'))).toBe('SSL error: certificate verify failed');
});

test.each(['refused', 'timeout', 'unknown-host', 'tls', 'password-needed', 'bad-target'] as const)(
  '%s has one sentence of advice',
  (kind) => {
    expect(adviceFor({ kind, text: '' })).toMatch(/^[A-Z][^\n]+\.$/);
  },
);
