import { encodeLossless } from '../text/lossless.ts';
import { reservedKeywords } from './keywords.ts';

/** A string literal as libpq's PQescapeLiteral writes it: with backslashes in it ` E'…'`, led by a blank. */
export function quoteLiteral(value: string): string {
  const doubled = value.replaceAll("'", "''");
  return value.includes('\\') ? ` E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

/** An identifier in double quotes, always (PQescapeIdentifier). */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** An identifier quoted only where it has to be: odd characters, capitals, reserved key words (fmtId). */
export function formatIdentifier(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !reservedKeywords.has(name) ? name : quoteIdentifier(name);
}

/** An argument of a meta-command, in the single quotes that keep everything in it. */
export function quoteSlashArgument(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\n', '\\n')}'`;
}

/** One argument of a shell command; undefined where it holds a line break, which no quoting makes safe. */
export function quoteShellArgument(value: string): string | undefined {
  if (/[\n\r]/.test(value)) return undefined;
  return /^[-_./:A-Za-z0-9]+$/.test(value) ? value : `'${value.replaceAll("'", `'"'"'`)}'`;
}

/** The command itself, or, where it holds bytes that are no UTF-8 (text/lossless.ts), which no argument can, one that makes and runs it. */
export function shellCommand(command: string): string {
  if (isUtf8(command)) return command;
  const bytes = [...encodeLossless(command)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`);
  return `exec sh -c "$(printf '${bytes.join('')}')"`;
}

/** Why libpq quotes a value no more than it can read it: it is no UTF-8 (fe-exec.c, PQescapeInternal). undefined: it quotes it. */
export function quotingRefusal(value: string): string | undefined {
  if (isUtf8(value)) return undefined;
  const bytes = encodeLossless(value);
  const first = bytes.findIndex((byte) => byte >= 0x80);
  const lead = bytes[first] ?? 0;
  const length = (lead & 0xe0) === 0xc0 ? 2 : (lead & 0xf0) === 0xe0 ? 3 : (lead & 0xf8) === 0xf0 ? 4 : 1;
  return first + length > bytes.length ? 'incomplete multibyte character' : 'invalid multibyte character';
}

/** Whether lossless text holds no byte that is no UTF-8. */
function isUtf8(text: string): boolean {
  return !/[\udc80-\udcff]/.test(text) || !/[\udc80-\udcff]/.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''));
}
