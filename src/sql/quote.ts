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
