import { inSql } from './lex-state.ts';
import { nextToken } from './token.ts';

const mask = '***';
const names = '(?:password|passwd|pwd|passphrase|passcode|secret)';
const secretName = new RegExp(`${names}"?$`, 'i');
const hint = new RegExp(`${names}|identified|://`, 'i');
/** password=… of a connection string or a shell command, the value bare or in quotes. */
const assignment = new RegExp(`(${names}\\s*=\\s*)(?!'\\*{3}')('(?:[^'\\\\]|\\\\.|'')*'?|"[^"]*"?|[^\\s'"&;]+)`, 'gi');
/** "password": "…" of JSON. */
const member = new RegExp(`(${names}"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"?`, 'gi');
/** scheme://user:password@host; a password may hold an @ that should have been escaped. */
const uri = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@'"]*:)[^\s'"]*@/gi;
const commandLine = /\\(\S*)([^\n]*)/y;

/**
 * The text with the passwords in it replaced by `***`, fit for history and journals: literals that follow PASSWORD or assign to a name
 * ending in it (roles, user mappings, servers, settings), connection strings, URIs and JSON in literals, arguments of \password, \set and
 * \setenv. What it does not recognise it keeps.
 */
export function maskSecrets(sql: string): string {
  if (!hint.test(sql)) return sql;
  let masked = '';
  let at = 0;
  let expects = false;
  while (at < sql.length) {
    const piece = pieceAt(sql, at);
    at += piece.text.length;
    switch (piece.kind) {
      case 'literal':
        masked += expects ? maskedLiteral(piece.text) : maskInLiteral(piece.text);
        expects = false;
        break;
      case 'command':
        masked += maskCommand(piece.text);
        expects = false;
        break;
      case 'comment':
        masked += maskInText(piece.text);
        break;
      case 'blank':
        masked += piece.text;
        break;
      case 'name':
        expects = secretName.test(piece.text) || (expects && /^(?:to|by)$/i.test(piece.text)) || /^identified$/i.test(piece.text);
        masked += piece.text.startsWith('"') ? maskInText(piece.text) : piece.text;
        break;
      case 'sign':
        // PASSWORD = '…', password => '…', password := '…' and "a.password" TO '…' all assign.
        expects = expects && /^(?:=|=>|:=)$/.test(piece.text);
        masked += piece.text;
        break;
    }
  }
  return masked;
}

interface Piece {
  readonly kind: 'literal' | 'name' | 'comment' | 'blank' | 'sign' | 'command';
  readonly text: string;
}

/** A whole literal, comment or name, or a sign; a meta-command with the rest of its line. */
function pieceAt(sql: string, start: number): Piece {
  const first = nextToken(sql, start, inSql, true);
  let { end, next } = first;
  while (next.inside !== 'sql' && end < sql.length) ({ end, next } = nextToken(sql, end, next, true));
  const text = sql.slice(start, end);
  switch (first.kind) {
    case 'string':
      return { kind: 'literal', text };
    case 'quoted-identifier':
    case 'word':
      return { kind: 'name', text };
    case 'comment':
    case 'line-comment':
      return { kind: 'comment', text };
    case 'space':
    case 'prefix':
      return { kind: 'blank', text };
    case 'backslash': {
      commandLine.lastIndex = start;
      return { kind: 'command', text: commandLine.exec(sql)?.[0] ?? text };
    }
    default:
      return { kind: 'sign', text };
  }
}

function maskedLiteral(literal: string): string {
  const dollars = /^\$[^$]*\$/.exec(literal)?.[0];
  if (dollars !== undefined) return `${dollars}${mask}${dollars}`;
  return `${literal.slice(0, literal.indexOf("'"))}'${mask}'`;
}

/** A literal may hold SQL (DO, EXECUTE), a connection string or a URI. */
function maskInLiteral(literal: string): string {
  const dollars = /^\$[^$]*\$/.exec(literal)?.[0];
  const open = dollars ?? literal.slice(0, literal.indexOf("'") + 1);
  const close = dollars ?? "'";
  const isClosed = literal.length >= open.length + close.length && literal.endsWith(close);
  const body = literal.slice(open.length, isClosed ? -close.length : undefined);
  const inner = dollars === undefined ? body.replaceAll("''", "'") : body;
  const masked = maskInText(maskSecrets(inner));
  if (masked === inner) return literal;
  return `${open}${dollars === undefined ? masked.replaceAll("'", "''") : masked}${isClosed ? close : ''}`;
}

function maskInText(text: string): string {
  return text.replace(assignment, `$1${mask}`).replace(member, `$1"${mask}"`).replace(uri, `$1${mask}@`);
}

function maskCommand(text: string): string {
  const [, name = '', rest = ''] = /^\\(\S*)(.*)$/s.exec(text) ?? [];
  if (name === 'password' && rest.trim() !== '') return `\\password ${mask}`;
  const setting = /^(\s+(\S+)\s+)\S.*$/s.exec(rest);
  if ((name === 'set' || name === 'setenv') && setting !== null && secretName.test(setting[2] ?? ''))
    return `\\${name}${setting[1]}${mask}`;
  return maskInText(text);
}
