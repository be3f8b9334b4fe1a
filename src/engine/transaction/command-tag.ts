import { tagRows } from '../result-variables.ts';
import type { TransactionCommand } from './transaction-command.ts';

const controlTags = new Set(['BEGIN', 'START TRANSACTION', 'COMMIT', 'ROLLBACK', 'SAVEPOINT', 'RELEASE', 'PREPARE TRANSACTION']);

/** Whether what ended with it began or ended a transaction, or moved its savepoints. */
export function isControlTag(tag: string): boolean {
  return controlTags.has(tag);
}

/** Whether a statement read as this command can have ended with this tag. Of a failed transaction COMMIT and PREPARE are ROLLBACK. */
export function agreesWithTag(command: TransactionCommand, tag: string): boolean {
  switch (command.kind) {
    case 'begin':
      return tag === 'BEGIN' || tag === 'START TRANSACTION';
    case 'commit':
      return tag === 'COMMIT' || tag === 'ROLLBACK';
    case 'rollback':
    case 'rollback-to':
      return tag === 'ROLLBACK';
    case 'savepoint':
      return tag === 'SAVEPOINT';
    case 'release':
      return tag === 'RELEASE';
    case 'prepare':
      return tag === 'PREPARE TRANSACTION' || tag === 'ROLLBACK';
    case 'set-modes':
    case 'set-parameter':
    case 'other':
      return !isControlTag(tag);
  }
}

/** The number of rows in a command tag: `INSERT 0 2`, `SELECT 5`. */
export function rowsOfTag(tag: string): number | undefined {
  const digits = tagRows(tag);
  return digits === '' ? undefined : Number(digits);
}

/** Rows that rolling back would restore or remove, as the tag tells; what data-modifying WITH under a SELECT did, it does not. */
export function changedRows(tag: string, sql: string): number {
  if (/^(?:INSERT|UPDATE|DELETE|MERGE) /.test(tag)) return rowsOfTag(tag) ?? 0;
  return tag.startsWith('COPY ') && copiesIn(sql) ? (rowsOfTag(tag) ?? 0) : 0;
}

/** COPY name [(columns)] FROM; COPY … TO reads only. */
function copiesIn(sql: string): boolean {
  const direction = /^copy\s+(?:binary\s+)?(?:"(?:[^"]|"")*"|[^\s(".]|\.)+\s*(?:\([^)]*\)\s*)?(from|to)\b/i.exec(sql)?.[1];
  return direction?.toLowerCase() === 'from';
}
