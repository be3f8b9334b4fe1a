import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { encryptPassword } from '../../../src/server/encrypt-password.ts';

test.each(['md5', 'on', 'off'])('%s is the md5 of password and user', (algorithm) => {
  expect(encryptPassword('secret', { user: 'joe', algorithm })).toEqual({ ok: true, text: 'md5c59ec932d911ffdf487595b5a2adf973' });
});

test('an algorithm nobody knows is refused in libpq’s words', () => {
  expect(encryptPassword('secret', { user: 'joe', algorithm: 'rot13' })).toEqual({
    ok: false,
    text: 'unrecognized password encryption algorithm "rot13"\n',
  });
});

/** What the server computes of a password to compare with the secret (RFC 5802, section 3). */
function matches(secret: string, password: string): boolean {
  const [, iterations = '', salt = '', stored, server] = /^SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):(.+)$/.exec(secret) ?? [];
  const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(iterations), 32, 'sha256');
  const key = (name: string): Buffer => createHmac('sha256', salted).update(name).digest();
  return createHash('sha256').update(key('Client Key')).digest('base64') === stored && key('Server Key').toString('base64') === server;
}

test.each([
  ['plain', 'plain'],
  // SASLprep: a non-breaking space becomes a space, a soft hyphen nothing, a ligature its letters.
  ['a\u00a0b\u00adc\ufb01', 'a bcfi'],
  // What SASLprep forbids stays as it is.
  ['bell\u0007é', 'bell\u0007é'],
])('%j becomes a secret that %j proves', (typed, prepared) => {
  const encrypted = encryptPassword(typed, { user: 'joe', algorithm: 'scram-sha-256' });
  expect(encrypted.ok && encrypted.text.startsWith('SCRAM-SHA-256$4096:')).toBe(true);
  expect(matches(encrypted.text, prepared)).toBe(true);
  expect(matches(encrypted.text, `${prepared}x`)).toBe(false);
});

test.each([
  [10_000, '10000'],
  [0, '4096'],
  [1e12, '4096'],
])('%d iterations are done as %s', (iterations, done) => {
  const encrypted = encryptPassword('x', { user: 'joe', algorithm: 'scram-sha-256', iterations });
  expect(encrypted.text.slice('SCRAM-SHA-256$'.length)).toMatch(new RegExp(`^${done}:`));
});
