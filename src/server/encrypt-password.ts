import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

// SCRAM_DEFAULT_ITERATIONS; servers from 16 on report their own, scram_iterations.
const defaultIterations = 4096;
const maximumIterations = 5_000_000;
const saltLength = 16;

export type EncryptedPassword = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly text: string };

export interface PasswordOptions {
  readonly user: string;
  /** The server's password_encryption. */
  readonly algorithm: string;
  /** The server's scram_iterations. */
  readonly iterations?: number;
}

/** What goes to the server instead of a new password, so that it never sees that (libpq's PQencryptPasswordConn). */
export function encryptPassword(password: string, { user, algorithm, iterations = defaultIterations }: PasswordOptions): EncryptedPassword {
  // on and off: before PostgreSQL 10 the parameter was a boolean.
  if (algorithm === 'md5' || algorithm === 'on' || algorithm === 'off') {
    return { ok: true, text: `md5${createHash('md5').update(`${password}${user}`).digest('hex')}` };
  }
  if (algorithm !== 'scram-sha-256') return { ok: false, text: `unrecognized password encryption algorithm "${algorithm}"\n` };
  const salt = randomBytes(saltLength);
  const count = iterations >= 1 && iterations <= maximumIterations ? iterations : defaultIterations;
  return { ok: true, text: scramSecret(password, salt, count) };
}

/** SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey> (RFC 5803, as PostgreSQL stores it). */
function scramSecret(password: string, salt: Buffer, iterations: number): string {
  const salted = pbkdf2Sync(saslPrep(password), salt, iterations, 32, 'sha256');
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest('base64');
  const serverKey = hmac(salted, 'Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

// RFC 3454: non-ASCII spaces (C.1.2); what is mapped to nothing (B.1); what no password may hold (C.2 to C.9): such a one stays as it is.
const spaces = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/gu;
const nothing = /\u00ad|\u034f|\u1806|[\u180b-\u180d]|\u200c|\u200d|\u2060|[\ufe00-\ufe0f]|\ufeff/gu;
const prohibited =
  /\p{Cc}|\p{Co}|\p{Cs}|\p{Noncharacter_Code_Point}|[\u0340\u0341]|[\u06dd\u070f\u180e\u200e\u200f\u2028-\u202e\u2061-\u2063\u206a-\u206f\u2ff0-\u2ffb\ufff9-\ufffd]|[\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}]/u;

/** SASLprep (RFC 4013); a password it forbids is used as given, as the server does. */
function saslPrep(password: string): string {
  if (/^[\x20-\x7e]*$/.test(password)) return password;
  const prepared = password.replace(spaces, ' ').replace(nothing, '').normalize('NFKC');
  return prepared === '' || prohibited.test(prepared) ? password : prepared;
}
