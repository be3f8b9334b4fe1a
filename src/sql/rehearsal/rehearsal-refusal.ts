import { assess } from '../guard/assess.ts';
import { refusedInTransaction } from '../guard/refused-in-transaction.ts';
import { tokenizedStatements } from '../guard/tokens.ts';

/** Why a text cannot be run dry, in a sentence; undefined where it can. */
export function rehearsalRefusal(sql: string, standardStrings: boolean, version: number): string | undefined {
  const count = tokenizedStatements(sql, standardStrings).length;
  if (count === 0) return 'There is no statement here to rehearse.';
  const outside = refusedInTransaction(sql, { standardStrings, version });
  if (outside !== undefined) return `${outside} cannot run in a transaction, so it cannot be rehearsed: nothing was sent.`;
  if (count > 1) return 'These are several statements; one at a time is rehearsed.';
  for (const effect of assess(sql, { standardStrings }).effects) {
    if (effect.kind === 'transaction' && effect.via.length === 0)
      return 'A statement that steers the transaction cannot be rehearsed in one: nothing was sent.';
    if (effect.kind === 'copy' && effect.direction === 'from-stdin')
      return 'COPY FROM STDIN has no data of its own to rehearse with; load it into a temporary table first.';
  }
  return undefined;
}
