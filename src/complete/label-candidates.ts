import type { Candidate } from './candidate.ts';
import { lastName, nameParts } from './identifier.ts';
import type { QueryRequest } from './query-request.ts';
import { literals } from './sources.ts';

/** Labels of an enum column compared with a literal. */
export function labelCandidates({ context, before, current, catalog }: QueryRequest): readonly Candidate[] {
  const at = before.findLastIndex((word) => word.kind === 'name' && !['IN', 'ANY', 'NOT', 'VALUES', 'AND', 'OR'].includes(word.upper));
  const compared = before.slice(at + 1).every((word) => word.kind !== 'name' || word.upper === 'IN' || word.upper === 'NOT');
  const name = before[at]?.text ?? '';
  const parts = nameParts(name);
  const qualifier = parts.length > 1 ? parts.at(-2)?.name : undefined;
  const column = context.items
    .filter((item) => qualifier === undefined || item.name === qualifier)
    .flatMap((item) => item.columns)
    .find((one) => one.name === lastName(name));
  if (!compared || column?.type === undefined) return [];
  const type = catalog.types.find((one) => one.kind === 'e' && one.name === lastName(column.type ?? ''));
  return literals(type?.labels ?? [], current);
}
