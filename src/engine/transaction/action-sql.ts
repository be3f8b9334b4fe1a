import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import type { TransactionModes } from './characteristics.ts';

/** What the panel's keys do. */
export type TransactionAction =
  | { readonly kind: 'begin'; readonly modes?: TransactionModes }
  | { readonly kind: 'savepoint' | 'release'; readonly name: string }
  /** `shadowedBy`: newer savepoints of the same name, which hide it. */
  | { readonly kind: 'rollback-to'; readonly name: string; readonly shadowedBy?: number }
  | { readonly kind: 'commit' | 'rollback' }
  | { readonly kind: 'prepare'; readonly id: string };

/** The SQL of an action, to be sent as one string. */
export function sqlFor(action: TransactionAction): string {
  switch (action.kind) {
    case 'begin':
      return `BEGIN${modesText(action.modes ?? {})}`;
    case 'savepoint':
      return `SAVEPOINT ${quoteIdentifier(action.name)}`;
    case 'release':
      return `RELEASE SAVEPOINT ${quoteIdentifier(action.name)}`;
    case 'rollback-to':
      return rollbackTo(quoteIdentifier(action.name), action.shadowedBy ?? 0);
    case 'commit':
      return 'COMMIT';
    case 'rollback':
      return 'ROLLBACK';
    case 'prepare':
      return `PREPARE TRANSACTION ${quoteLiteral(action.id).trimStart()}`;
  }
}

function modesText({ isolation, isReadOnly, isDeferrable }: TransactionModes): string {
  const modes: string[] = [];
  if (isolation !== undefined) modes.push(`ISOLATION LEVEL ${isolation.toUpperCase()}`);
  if (isReadOnly !== undefined) modes.push(isReadOnly ? 'READ ONLY' : 'READ WRITE');
  if (isDeferrable !== undefined) modes.push(isDeferrable ? 'DEFERRABLE' : 'NOT DEFERRABLE');
  return modes.length === 0 ? '' : ` ${modes.join(', ')}`;
}

/** A savepoint that hides another of its name is rolled back to, which is allowed after an error too, and dropped. */
function rollbackTo(name: string, shadowedBy: number): string {
  const steps = Array.from({ length: shadowedBy }, () => `ROLLBACK TO SAVEPOINT ${name}; RELEASE SAVEPOINT ${name}; `);
  return `${steps.join('')}ROLLBACK TO SAVEPOINT ${name}`;
}
