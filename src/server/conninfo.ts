import { type OptionValues, type ParsedOptions, storeOption } from './connection-options.ts';
import { isUri, parseUri } from './uri.ts';

/** Whether a database name is really a connection string: libpq looks for a URI prefix or any "=". */
export function isConnectionString(text: string): boolean {
  return isUri(text) || text.includes('=');
}

/** A URI or a key=value string to its parameters; the error is libpq's sentence. */
export function parseConnectionString(text: string): ParsedOptions {
  return isUri(text) ? parseUri(text) : parseConninfo(text);
}

// What C's isspace takes for blank.
const blank = /[ \t\n\v\f\r]/;

/** `host=a port=5 password='it''s'`: quotes, backslashes, blanks around "=" as libpq reads them. */
export function parseConninfo(text: string): ParsedOptions {
  const values = new Map<string, string>();
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    const nameStart = at;
    while (at < text.length && text[at] !== '=' && !blank.test(text[at] ?? '')) at++;
    const name = text.slice(nameStart, at);
    at = skipBlanks(text, at);
    if (text[at] !== '=') return { ok: false, text: `missing "=" after "${name}" in connection info string` };
    const value = readValue(text, skipBlanks(text, at + 1));
    if (value === undefined) return { ok: false, text: 'unterminated quoted string in connection info string' };
    if (!storeOption(values, name, value.text)) return { ok: false, text: `invalid connection option "${name}"` };
    at = skipBlanks(text, value.end);
  }
  return { ok: true, values };
}

/** The parameters as a key=value string that `parseConninfo` reads back. */
export function formatConninfo(values: OptionValues): string {
  return [...values].map(([keyword, value]) => `${keyword}=${quoteValue(value)}`).join(' ');
}

function quoteValue(value: string): string {
  return /^[\w.:/,@%+-]+$/.test(value) ? value : `'${value.replace(/[\\']/g, '\\$&')}'`;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && blank.test(text[at] ?? '')) at++;
  return at;
}

function readValue(text: string, from: number): { readonly text: string; readonly end: number } | undefined {
  const isQuoted = text[from] === "'";
  let at = isQuoted ? from + 1 : from;
  let value = '';
  while (at < text.length) {
    const character = text[at] ?? '';
    if (isQuoted ? character === "'" : blank.test(character)) return { text: value, end: at + 1 };
    if (character === '\\') at++;
    value += text[at] ?? '';
    at++;
  }
  return isQuoted ? undefined : { text: value, end: at };
}
