import { type ParsedOptions, storeOption } from './connection-options.ts';

const prefix = /^postgres(?:ql)?:\/\//;

/** Whether text begins as a connection URI does. */
export function isUri(text: string): boolean {
  return prefix.test(text);
}

/**
 * A connection URI to its parameters, as libpq reads it (which is not RFC 3986: several hosts, no "+" for a blank, no fragment,
 * a "/" before "@" ends the search for a user). The error is libpq's sentence.
 */
export function parseUri(uri: string): ParsedOptions {
  try {
    return { ok: true, values: readUri(uri) };
  } catch (error) {
    if (error instanceof UriError) return { ok: false, text: error.message };
    throw error;
  }
}

// Carries libpq's sentence from the place that finds the fault to parseUri; never leaves this file.
class UriError extends Error {}

function readUri(uri: string): Map<string, string> {
  const values = new Map<string, string>();
  const start = prefix.exec(uri)?.[0].length ?? 0;
  let at = readCredentials(uri, start, values);
  const netloc = readHosts(uri, at);
  if (netloc.hosts !== '') values.set('host', percentDecode(netloc.hosts));
  if (netloc.ports !== '') values.set('port', percentDecode(netloc.ports));
  at = netloc.end;
  if (uri[at] === '/') {
    const query = uri.indexOf('?', at);
    const end = query < 0 ? uri.length : query;
    if (end > at + 1) values.set('dbname', percentDecode(uri.slice(at + 1, end)));
    at = end;
  }
  if (uri[at] === '?') readQuery(uri.slice(at + 1), values);
  return values;
}

/** Reads `user:password@` where it stands; the position after it. */
function readCredentials(uri: string, start: number, values: Map<string, string>): number {
  const end = start + uri.slice(start).search(/[@/]|$/);
  if (uri[end] !== '@') return start;
  const credentials = uri.slice(start, end);
  const colon = credentials.indexOf(':');
  const user = colon < 0 ? credentials : credentials.slice(0, colon);
  const password = colon < 0 ? '' : credentials.slice(colon + 1);
  if (user !== '') values.set('user', percentDecode(user));
  if (password !== '') values.set('password', percentDecode(password));
  return end + 1;
}

/** `host:port,[::1]:port,…`, hosts and ports as comma lists. */
function readHosts(uri: string, start: number): { readonly hosts: string; readonly ports: string; readonly end: number } {
  let hosts = '';
  let ports = '';
  let at = start;
  for (;;) {
    const host = uri[at] === '[' ? readBracketed(uri, at) : readUntil(uri, at, /[:/?,]/);
    hosts += host.text;
    at = host.end;
    if (uri[at] === ':') {
      const port = readUntil(uri, at + 1, /[/?,]/);
      ports += port.text;
      at = port.end;
    }
    if (uri[at] !== ',') return { hosts, ports, end: at };
    hosts += ',';
    ports += ',';
    at++;
  }
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

function readUntil(uri: string, start: number, stop: RegExp): Piece {
  let end = start;
  while (end < uri.length && !stop.test(uri[end] ?? '')) end++;
  return { text: uri.slice(start, end), end };
}

function readBracketed(uri: string, start: number): Piece {
  const close = uri.indexOf(']', start);
  if (close < 0) throw new UriError(`end of string reached when looking for matching "]" in IPv6 host address in URI: "${uri}"`);
  if (close === start + 1) throw new UriError(`IPv6 host address may not be empty in URI: "${uri}"`);
  const next = uri[close + 1];
  if (next !== undefined && !':/?,'.includes(next)) {
    throw new UriError(`unexpected character "${next}" at position ${close + 2} in URI (expected ":" or "/"): "${uri}"`);
  }
  return { text: uri.slice(start + 1, close), end: close + 1 };
}

function readQuery(query: string, values: Map<string, string>): void {
  // A closing "&" ends the list; an empty parameter elsewhere is an error.
  const parameters = query.endsWith('&') && query !== '&' ? query.slice(0, -1) : query;
  if (parameters === '') return;
  for (const parameter of parameters === '&' ? [''] : parameters.split('&')) {
    const [keyword = '', value, extra] = parameter.split('=');
    if (extra !== undefined) throw new UriError(`extra key/value separator "=" in URI query parameter: "${keyword}"`);
    if (value === undefined) throw new UriError(`missing key/value separator "=" in URI query parameter: "${keyword}"`);
    const name = percentDecode(keyword);
    const text = percentDecode(value);
    // JDBC's spelling.
    const isKnown = name === 'ssl' && text === 'true' ? storeOption(values, 'sslmode', 'require') : storeOption(values, name, text);
    if (!isKnown) throw new UriError(`invalid URI query parameter: "${name}"`);
  }
}

function percentDecode(text: string): string {
  if (!text.includes('%')) return text;
  const bytes = Buffer.from(text, 'utf8');
  const decoded: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0x25) {
      decoded.push(bytes[at] ?? 0);
      continue;
    }
    const digits = bytes.toString('latin1', at + 1, at + 3);
    if (!/^[0-9a-f]{2}$/i.test(digits)) throw new UriError(`invalid percent-encoded token: "${text}"`);
    if (digits === '00') throw new UriError(`forbidden value %00 in percent-encoded value: "${text}"`);
    decoded.push(Number.parseInt(digits, 16));
    at += 2;
  }
  return Buffer.from(decoded).toString('utf8');
}
