import { decodeLossless, encodeLossless } from '../text/lossless.ts';

/** How psql scans one argument of a meta-command (psqlscanslash.h, enum slash_option_type). */
export type ArgumentMode =
  | 'normal'
  /** Double quotes are taken off and what is outside of them folded to lower case (OT_SQLID). */
  | 'sql-identifier'
  /** As sql-identifier but not folded: what \c takes (OT_SQLIDHACK). */
  | 'sql-identifier-verbatim'
  /** A name pattern: scanned as normal, which keeps double quotes. */
  | 'sql-id-pattern'
  /** A leading | takes the whole rest of the line (OT_FILEPIPE). */
  | 'file-or-pipe'
  /** The rest of the line, raw (OT_WHOLE_LINE). */
  | 'whole-line'
  /** As normal, but variables and backticks stay text (OT_NO_EVAL). */
  | 'no-evaluation';

/**
 * Text; a shell command whose output (less one trailing newline) belongs in its place; or a complaint of what stands behind such a command,
 * which comes after what that has to say.
 */
export type ArgumentPiece = string | { readonly backtick: string } | { readonly complaint: string };

export interface SlashArgument {
  readonly pieces: readonly ArgumentPiece[];
  /** The last quote met, ':' for an expanded variable, '' for none. */
  readonly quote: '' | "'" | '"' | '`' | ':';
  /** What is still to do with double quotes once the pieces are joined. */
  readonly identifier?: 'fold' | 'verbatim';
  /** A quote does not end: there is no argument, but what its shell commands say. */
  readonly isUnterminated?: true;
}

/** The argument's value. `outputs` are the outputs of its backtick commands, in order. */
export function argumentText(argument: SlashArgument, outputs: readonly string[] = []): string {
  let next = 0;
  const text = argument.pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      return 'backtick' in piece ? withoutNewline(outputs[next++] ?? '') : '';
    })
    .join('');
  const value = untilNul(text);
  return argument.identifier === undefined ? value : unquoteIdentifier(value, argument.identifier === 'fold');
}

/** Takes the double quotes off, `""` within them being one; folds ASCII letters outside of them where asked. */
export function unquoteIdentifier(text: string, fold: boolean): string {
  let name = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character !== '"') name += fold && !isQuoted ? foldAscii(character) : character;
    else if (isQuoted && text[at + 1] === '"') {
      at++;
      name += '"';
    } else isQuoted = !isQuoted;
  }
  return name;
}

/** Bytes written as escapes ('\303\251') may make up characters. */
export function joinEscapedBytes(text: string): string {
  return decodeLossless(encodeLossless(text));
}

function foldAscii(character: string): string {
  return character >= 'A' && character <= 'Z' ? character.toLowerCase() : character;
}

function withoutNewline(output: string): string {
  return output.endsWith('\n') ? output.slice(0, -1) : output;
}

/** psql's strings end at a zero byte, which '\000' can write. */
function untilNul(text: string): string {
  const nul = text.indexOf('\0');
  return nul < 0 ? text : text.slice(0, nul);
}
