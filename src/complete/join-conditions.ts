import type { CompletionCatalog } from '../catalog/completion-snapshot.ts';
import { formatIdentifier } from '../sql/quote.ts';
import { type Candidate, startsLike } from './candidate.ts';
import type { FromItem } from './from-items.ts';

/** The conditions the foreign keys between the newest table and the others suggest. */
export function joinConditions(items: readonly FromItem[], catalog: CompletionCatalog, current: string): readonly Candidate[] {
  const joined = items.at(-1);
  if (joined?.oid === undefined) return [];
  const condition = (from: FromItem, columns: readonly string[], to: FromItem, referenced: readonly string[]): string =>
    columns.map((column, at) => `${dotted(from.name, column)} = ${dotted(to.name, referenced[at] ?? '')}`).join(' AND ');
  const found = items.slice(0, -1).flatMap((other) =>
    catalog.foreignKeys.flatMap((key) => {
      if (key.relation === joined.oid && key.referenced === other.oid) {
        return [condition(joined, key.columns, other, key.referencedColumns)];
      }
      if (key.relation === other.oid && key.referenced === joined.oid) {
        return [condition(joined, key.referencedColumns, other, key.columns)];
      }
      return [];
    }),
  );
  return found.filter((text) => startsLike(text, current)).map((text) => ({ text, kind: 'condition' }));
}

function dotted(table: string, column: string): string {
  return `${formatIdentifier(table)}.${formatIdentifier(column)}`;
}
