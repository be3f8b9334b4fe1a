import type { CompletionCatalog } from '../catalog/completion-snapshot.ts';
import { findRelation } from './catalog-names.ts';
import { lastName, nameParts } from './identifier.ts';
import type { Word } from './words.ts';

/** A table a query reads, as its expressions call it. */
export interface FromItem {
  /** The alias, or the table's own name. */
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type?: string }[];
  /** Of a table of the catalog. */
  readonly oid?: string;
}

const introducing = new Set(['FROM', 'JOIN', 'UPDATE', 'INTO', 'USING', 'ONLY', 'LATERAL']);
/** Words that end a table of FROM, so that they are no alias. */
const notAlias = new Set(
  `ON USING WHERE GROUP ORDER HAVING LIMIT OFFSET FETCH FOR JOIN INNER LEFT RIGHT FULL CROSS NATURAL UNION INTERSECT EXCEPT SET VALUES
  SELECT RETURNING WINDOW TABLESAMPLE DEFAULT WHEN WITH OVERRIDING AS`.split(/\s+/),
);

/** The common table expressions of a statement and the columns they name. */
export function commonTables(words: readonly Word[], catalog: CompletionCatalog): readonly FromItem[] {
  const found: FromItem[] = [];
  words.forEach((word, at) => {
    if (word.upper !== 'AS') return;
    let open = at + 1;
    while (['NOT', 'MATERIALIZED'].includes(words[open]?.upper ?? '')) open++;
    if (words[open]?.kind !== 'open') return;
    const previous = words[at - 1];
    const named = previous?.kind === 'close' ? columnList(words, at - 1) : { at: at - 1, columns: undefined };
    const name = words[named.at];
    const lead = words[named.at - 1]?.upper ?? words[named.at - 1]?.text;
    if (name?.kind !== 'name' || (lead !== 'WITH' && lead !== 'RECURSIVE' && lead !== ',')) return;
    const columns = named.columns ?? outputColumns(words, open + 1, catalog, found);
    found.push({ name: lastName(name.text), columns: columns.map((column) => ({ name: column })) });
  });
  return found;
}

/** `name (a, b)` read from its closing parenthesis. */
function columnList(words: readonly Word[], close: number): { readonly at: number; readonly columns: readonly string[] } {
  let at = close - 1;
  const columns: string[] = [];
  for (; at >= 0 && words[at]?.kind !== 'open'; at--) {
    const word = words[at];
    if (word?.kind === 'name') columns.unshift(lastName(word.text));
  }
  return { at: at - 1, columns };
}

/** The names of a SELECT list: aliases, plain columns, and what `*` stands for. */
function outputColumns(words: readonly Word[], start: number, catalog: CompletionCatalog, known: readonly FromItem[]): readonly string[] {
  if (words[start]?.upper !== 'SELECT') return [];
  const columns: string[] = [];
  let depth = 0;
  let last: Word | undefined;
  for (let at = start + 1; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    if (word.kind === 'open') depth++;
    if (word.kind === 'close') depth--;
    if (depth < 0) break;
    const isEnd = depth === 0 && (word.text === ',' || word.upper === 'FROM');
    if (isEnd) {
      if (last?.kind === 'name') columns.push(lastName(last.text));
      if (last?.text === '*') columns.push(...starColumns(words, start, catalog, known));
      if (word.upper === 'FROM') return columns;
    }
    last = depth === 0 ? word : undefined;
  }
  if (last?.kind === 'name') columns.push(lastName(last.text));
  return columns;
}

function starColumns(words: readonly Word[], start: number, catalog: CompletionCatalog, known: readonly FromItem[]): readonly string[] {
  const end = words.findIndex((word, at) => at > start && word.kind === 'close');
  const items = fromItems(words.slice(start, end < 0 ? undefined : end), catalog, known);
  return items.flatMap((item) => item.columns.map((column) => column.name));
}

/** The queries in parentheses that a FROM names: `(select …) as name`. */
export function derivedTables(words: readonly Word[], catalog: CompletionCatalog, common: readonly FromItem[]): readonly FromItem[] {
  return words.flatMap((word, at) => {
    if (word.kind !== 'open' || words[at + 1]?.upper !== 'SELECT') return [];
    const close = groupEnd(words, at);
    const alias = close === undefined ? undefined : aliasAfter(words, close);
    if (alias === undefined) return [];
    const columns = outputColumns(words, at + 1, catalog, common);
    return [{ name: alias, columns: columns.map((name) => ({ name })) }];
  });
}

/** The closing parenthesis of the group that opens at `open`. */
function groupEnd(words: readonly Word[], open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < words.length; at++) {
    if (words[at]?.kind === 'open') depth++;
    else if (words[at]?.kind === 'close' && --depth === 0) return at;
  }
  return undefined;
}

function aliasAfter(words: readonly Word[], at: number): string | undefined {
  const follower = words[at + 1]?.upper === 'AS' ? words[at + 2] : words[at + 1];
  return follower?.kind === 'name' && !notAlias.has(follower.upper) ? lastName(follower.text) : undefined;
}

/** The tables that the words of one query (its own level of parentheses) read. */
export function fromItems(
  words: readonly Word[],
  catalog: CompletionCatalog,
  common: readonly FromItem[],
  derived: readonly FromItem[] = [],
): readonly FromItem[] {
  const items: FromItem[] = [];
  let isFrom = false;
  words.forEach((word, at) => {
    if (introducing.has(word.upper)) isFrom = true;
    else if (['WHERE', 'SET', 'GROUP', 'ORDER', 'SELECT', 'VALUES', 'ON', 'HAVING', 'LIMIT'].includes(word.upper)) isFrom = false;
    const previous = words[at - 1];
    const begins = previous !== undefined && (introducing.has(previous.upper) || (isFrom && previous.text === ','));
    if (begins && word.kind === 'close') items.push(...derived.filter((one) => one.name === aliasAfter(words, at)));
    if (!begins || word.kind !== 'name' || notAlias.has(word.upper) || introducing.has(word.upper)) return;
    const item = itemAt(words, at, catalog, common);
    if (item !== undefined) items.push(item);
  });
  return items;
}

function itemAt(words: readonly Word[], at: number, catalog: CompletionCatalog, common: readonly FromItem[]): FromItem | undefined {
  const word = words[at];
  if (word === undefined) return undefined;
  const own = lastName(word.text);
  const name = aliasAfter(words, at) ?? own;
  const table = nameParts(word.text).length === 1 ? common.find((one) => one.name === own) : undefined;
  if (table !== undefined) return { name, columns: table.columns };
  const relation = findRelation(catalog, word.text);
  return relation === undefined ? undefined : { name, columns: relation.columns, oid: relation.oid };
}
