import type { CompletionCatalog } from '../catalog/completion-snapshot.ts';
import { formatIdentifier } from '../sql/quote.ts';
import { type Candidate, type KeywordCase, keywordText, startsLike } from './candidate.ts';
import { findRelation, plainNames, schemaNames, unique } from './catalog-names.ts';
import type { FromItem } from './from-items.ts';
import { lastName, nameParts, writtenName } from './identifier.ts';
import type { Clause, QueryContext } from './query-context.ts';
import { literals, sources } from './sources.ts';
import type { Word } from './words.ts';

export interface QueryRequest {
  readonly context: QueryContext;
  readonly before: readonly Word[];
  readonly current: string;
  readonly catalog: CompletionCatalog;
  readonly keywordCase: KeywordCase;
}

const operandKeywords = 'CASE NOT NULL TRUE FALSE EXISTS CAST( ARRAY[ CURRENT_DATE CURRENT_TIMESTAMP CURRENT_USER INTERVAL'.split(' ');
const operators = 'AND OR IS+NULL IS+NOT+NULL IN+( NOT+IN+( LIKE ILIKE BETWEEN COLLATE'.split(' ').map(words);
const afterFrom =
  'JOIN LEFT+JOIN INNER+JOIN RIGHT+JOIN FULL+JOIN CROSS+JOIN NATURAL+JOIN LATERAL ON USING+( AS WHERE GROUP+BY HAVING ORDER+BY LIMIT OFFSET FETCH+FIRST FOR+UPDATE FOR+SHARE UNION INTERSECT EXCEPT WINDOW TABLESAMPLE'
    .split(' ')
    .map(words);
const afterWhere = 'GROUP+BY HAVING ORDER+BY LIMIT OFFSET UNION INTERSECT EXCEPT RETURNING FOR+UPDATE'.split(' ').map(words);

/** What may follow an operand, clause by clause. */
const following: Readonly<Record<Clause, readonly string[]>> = {
  select: ['FROM', 'AS', 'INTO', 'OVER (', 'FILTER (', ...operators, 'WHERE', 'END', 'WHEN', 'THEN', 'ELSE'],
  from: [...afterFrom, 'SET', 'RETURNING'],
  'join-condition': [...operators, ...afterFrom.filter((word) => word !== 'ON' && word !== 'AS')],
  'join-columns': [],
  where: [...operators, ...afterWhere],
  group: ['HAVING', 'ORDER BY', 'LIMIT', 'UNION'],
  order: ['ASC', 'DESC', 'NULLS FIRST', 'NULLS LAST', 'LIMIT', 'OFFSET', 'FETCH FIRST', 'FOR UPDATE', 'USING'],
  having: [...operators, 'ORDER BY', 'LIMIT', 'UNION'],
  limit: ['OFFSET', 'LIMIT', 'FOR UPDATE'],
  insert: ['VALUES', 'SELECT', 'DEFAULT VALUES', 'OVERRIDING', 'TABLE', 'AS', '('],
  into: ['FROM', 'USING'],
  'insert-columns': [],
  update: ['SET', 'AS'],
  set: ['=', 'FROM', 'WHERE', 'RETURNING', ...operators],
  values: ['ON CONFLICT', 'RETURNING', 'ORDER BY', 'LIMIT', 'UNION'],
  returning: ['AS', 'INTO'],
  with: ['AS (', 'AS MATERIALIZED (', 'SELECT', 'INSERT INTO', 'UPDATE', 'DELETE FROM', 'MERGE INTO'],
};

/** The second words of key words of two. */
const seconds: Readonly<Record<string, readonly string[]>> = {
  LEFT: ['JOIN', 'OUTER JOIN'],
  RIGHT: ['JOIN', 'OUTER JOIN'],
  FULL: ['JOIN', 'OUTER JOIN'],
  INNER: ['JOIN'],
  CROSS: ['JOIN'],
  NATURAL: ['JOIN'],
  OUTER: ['JOIN'],
  GROUP: ['BY'],
  ORDER: ['BY'],
  PARTITION: ['BY'],
  INSERT: ['INTO'],
  MERGE: ['INTO'],
  DELETE: ['FROM'],
  IS: ['NULL', 'NOT NULL', 'DISTINCT FROM', 'NOT DISTINCT FROM', 'TRUE', 'FALSE', 'UNKNOWN'],
  NULLS: ['FIRST', 'LAST'],
  FOR: ['UPDATE', 'SHARE', 'NO KEY UPDATE', 'KEY SHARE'],
  CONFLICT: ['DO NOTHING', 'DO UPDATE SET', '('],
  DO: ['NOTHING', 'UPDATE SET'],
  UNION: ['ALL', 'SELECT', 'VALUES'],
  INTERSECT: ['ALL', 'SELECT', 'VALUES'],
  EXCEPT: ['ALL', 'SELECT', 'VALUES'],
};

function words(text: string): string {
  return text.replaceAll('+', ' ');
}

/** Candidates within a query. */
export function queryCandidates(request: QueryRequest): readonly Candidate[] {
  const { context, current } = request;
  if (current.startsWith("'")) return labelCandidates(request);
  const parts = nameParts(current);
  if (parts.length > 1) return qualified(request);
  const { clause, afterOperand, last } = context;
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
  // Thousands of functions are no help before a letter is typed.
  const functions = current === '' || clause === 'set' ? [] : calls(schemaNames(catalog.functions, catalog, current, { kind: 'function' }));
  const values = clause === 'values' || clause === 'set' ? ['DEFAULT'] : [];
  const starts = context.last?.kind === 'open' ? ['SELECT', 'VALUES'] : [];
  const selects = clause === 'select' && context.last?.upper === 'SELECT' ? ['DISTINCT'] : [];
  const shown = current === '' ? [] : operandKeywords;
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

/** The conditions the foreign keys between the newest table and the others suggest. */
function joinConditions(items: readonly FromItem[], catalog: CompletionCatalog, current: string): readonly Candidate[] {
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

/** Labels of an enum column compared with a literal. */
function labelCandidates({ context, before, current, catalog }: QueryRequest): readonly Candidate[] {
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
