import { type Candidate, keywordText, startsLike } from './candidate.ts';
import { findRelation, plainNames, schemaNames, unique } from './catalog-names.ts';
import { nameParts, writtenName } from './identifier.ts';
import { joinConditions } from './join-conditions.ts';
import { labelCandidates } from './label-candidates.ts';
import { following, operandKeywords, seconds } from './query-keywords.ts';
import type { QueryRequest } from './query-request.ts';
import { sources } from './sources.ts';

/** Candidates within a query. */
export function queryCandidates(request: QueryRequest): readonly Candidate[] {
  const { context, current } = request;
  if (current.startsWith("'")) return labelCandidates(request);
  const parts = nameParts(current);
  if (parts.length > 1) return qualified(request);
  const { clause, afterOperand, last } = context;
  if (last?.upper === 'ON' && isInsert(request)) return keywords(['CONFLICT'], request);
  const second = seconds[last?.upper ?? ''];
  if (second !== undefined) return keywords(second, request);
  if (clause === 'from' || clause === 'into' || clause === 'insert' || clause === 'update') {
    return afterOperand ? keywords(following[clause], request) : tableCandidates(request);
  }
  if (clause === 'insert-columns' || clause === 'join-columns') return columnLists(request);
  if (clause === 'with' && last?.upper === 'WITH') return keywords(['RECURSIVE'], request);
  if (afterOperand) return keywords(following[clause], request);
  return operandCandidates(request);
}

function keywords(list: readonly string[], { current, keywordCase }: QueryRequest): readonly Candidate[] {
  return list
    .filter((word) => startsLike(word, current))
    .map((word) => ({ text: keywordText(word, current, keywordCase), kind: 'keyword' as const }));
}

/** ON of INSERT … ON CONFLICT, not of a join. */
function isInsert({ before }: QueryRequest): boolean {
  return before.some((word) => word.upper === 'INSERT') && !before.some((word) => word.upper === 'JOIN');
}

function tableCandidates(request: QueryRequest): readonly Candidate[] {
  const { context, current, catalog } = request;
  const common = plainNames(
    context.common.map((item) => item.name),
    current,
    'relation',
  );
  const source = context.clause === 'from' ? sources.selectable : sources.updatable;
  const named = source?.({ catalog, current, about: '', listFiles: () => [] }) ?? [];
  const more = context.clause === 'from' && current !== '' ? keywords(['LATERAL', 'ONLY'], request) : [];
  return unique([...common, ...named, ...more]);
}

/** Columns of one table: INSERT INTO t (…), or those that JOIN … USING (…) can share. */
function columnLists({ context, before, current, catalog }: QueryRequest): readonly Candidate[] {
  if (context.clause === 'insert-columns') {
    const at = before.findLastIndex((word) => word.upper === 'INTO');
    const relation = findRelation(catalog, before[at + 1]?.text ?? '');
    return plainNames(relation?.columns.map((column) => column.name) ?? [], current, 'column');
  }
  const [joined, ...others] = [...context.items].reverse();
  const shared = joined?.columns.filter((column) => others.some((item) => item.columns.some((one) => one.name === column.name))) ?? [];
  return plainNames(
    shared.map((column) => column.name),
    current,
    'column',
  );
}

function operandCandidates(request: QueryRequest): readonly Candidate[] {
  const { context, current, catalog } = request;
  const { items, clause } = context;
  const typed = nameParts(current)[0];
  const conditions = clause === 'join-condition' && context.last?.upper === 'ON' ? joinConditions(items, catalog, current) : [];
  const columns = items.flatMap((item) =>
    item.columns
      .filter((column) => startsLike(column.name, typed?.name ?? ''))
      .map((column) => ({
        text: writtenName(column.name, typed),
        kind: 'column' as const,
        ...(column.type === undefined ? {} : { detail: column.type }),
      })),
  );
  const aliases: readonly Candidate[] = items
    .filter((item) => startsLike(item.name, typed?.name ?? ''))
    .map((item) => ({ text: `${writtenName(item.name, typed)}.`, kind: 'relation', continues: true }));
  const isTarget = clause === 'set' && (context.last?.upper === 'SET' || context.last?.text === ',');
  // Thousands of functions are no help before a letter is typed.
  const functions = current === '' || isTarget ? [] : calls(schemaNames(catalog.functions, catalog, current, { kind: 'function' }));
  const values = clause === 'values' || (clause === 'set' && !isTarget) ? ['DEFAULT'] : [];
  const starts = context.last?.kind === 'open' ? ['SELECT', 'VALUES'] : [];
  const selects = clause === 'select' && context.last?.upper === 'SELECT' ? ['DISTINCT'] : [];
  const shown = current === '' || isTarget ? [] : operandKeywords;
  return unique([...conditions, ...columns, ...aliases, ...functions, ...keywords([...values, ...starts, ...selects, ...shown], request)]);
}

/** Functions with the parenthesis that follows them. */
function calls(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.map((one) => (one.kind === 'function' ? { ...one, text: `${one.text}(`, continues: true } : one));
}

/** `alias.column`, `schema.table` or `schema.function`. */
function qualified(request: QueryRequest): readonly Candidate[] {
  const { context, current, catalog } = request;
  const parts = nameParts(current);
  const qualifier = parts[0];
  const typed = parts.at(-1);
  const item = context.items.find((one) => one.name === qualifier?.name);
  if (context.clause === 'from' || context.clause === 'insert' || context.clause === 'update') return tableCandidates(request);
  if (item !== undefined && qualifier !== undefined) {
    const prefix = current.slice(0, current.length - (typed?.typed.length ?? 0));
    const found = item.columns.filter((column) => startsLike(column.name, typed?.name ?? ''));
    return found.map((column) => ({
      text: `${prefix}${writtenName(column.name, typed)}`,
      kind: 'column',
      ...(column.type === undefined ? {} : { detail: column.type }),
    }));
  }
  const functions = calls(schemaNames(catalog.functions, catalog, current, { kind: 'function' }));
  return [...schemaNames(catalog.relations, catalog, current, { kind: 'relation' }), ...functions];
}
