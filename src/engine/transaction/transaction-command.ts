import { transactionKeyword } from '../../sql/classify.ts';
import { encodeLossless } from '../../text/lossless.ts';
import { modesNamed, type TransactionModes } from './characteristics.ts';
import type { Piece, SentStatement } from './sent-statement.ts';

/** What a statement asks of the transaction, as far as its text tells. A name that cannot be read for certain is undefined. */
export type TransactionCommand =
  | { readonly kind: 'begin'; readonly modes: TransactionModes }
  | { readonly kind: 'commit' | 'rollback'; readonly isChained: boolean }
  | { readonly kind: 'savepoint' | 'release' | 'rollback-to'; readonly name: string | undefined }
  | { readonly kind: 'prepare' }
  | { readonly kind: 'set-modes'; readonly modes: TransactionModes }
  /** SET of a transaction_… parameter by its name: what was known of the characteristics is no longer. */
  | { readonly kind: 'set-parameter' }
  | { readonly kind: 'other' };

/** Names are those of a database in UTF-8, unless told otherwise. */
export function transactionCommand(statement: SentStatement, isUtf8 = true): TransactionCommand {
  const { head } = statement;
  const words = head.map(({ text }) => text.toLowerCase()).join(' ');
  const kind = transactionKeyword(statement.sql);
  switch (kind) {
    case 'begin':
      return { kind, modes: modesNamed(words) };
    case 'commit':
    case 'rollback':
      return { kind, isChained: / and chain$/.test(words) };
    case 'savepoint':
      return { kind, name: onlyName(head.slice(1), isUtf8) };
    case 'release':
      return { kind, name: pointName(head.slice(1), isUtf8) };
    case 'rollback-to':
      return { kind, name: pointName(head.slice(head.findIndex(({ text }) => text.toLowerCase() === 'to') + 1), isUtf8) };
    case 'prepare':
      return { kind };
    case undefined:
      break;
  }
  if (/^set (?:local |session )?transaction /.test(words)) return { kind: 'set-modes', modes: modesNamed(words) };
  return /^(?:re)?set (?:local |session )?"?transaction_/.test(words) ? { kind: 'set-parameter' } : { kind: 'other' };
}

/** [SAVEPOINT] name; SAVEPOINT alone is a name too. */
function pointName(pieces: readonly Piece[], isUtf8: boolean): string | undefined {
  const [first] = pieces;
  const hasKeyword = pieces.length === 2 && first?.kind === 'word' && first.text.toLowerCase() === 'savepoint';
  return onlyName(hasKeyword ? pieces.slice(1) : pieces, isUtf8);
}

function onlyName(pieces: readonly Piece[], isUtf8: boolean): string | undefined {
  const [piece] = pieces;
  if (piece === undefined || pieces.length !== 1) return undefined;
  // Another encoding is folded by its locale and cut at other bytes.
  if (!isUtf8 && /[^\0-\x7f]/.test(piece.text)) return undefined;
  if (piece.kind === 'word') return truncate(piece.text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()));
  if (piece.kind !== 'quoted-identifier' || !piece.text.startsWith('"')) return undefined;
  return truncate(piece.text.slice(1, -1).replaceAll('""', '"'));
}

/** NAMEDATALEN - 1. */
const longestName = 63;

/** truncate_identifier: cut to 63 bytes, between characters. */
function truncate(name: string): string {
  if (encodeLossless(name).length <= longestName) return name;
  let kept = '';
  let bytes = 0;
  for (const character of name) {
    bytes += encodeLossless(character).length;
    if (bytes > longestName) break;
    kept += character;
  }
  return kept;
}
