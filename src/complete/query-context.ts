import type { CompletionCatalog } from '../catalog/completion-snapshot.ts';
import { commonTables, derivedTables, type FromItem, fromItems } from './from-items.ts';
import type { Word } from './words.ts';

/** Which part of a query the cursor is in. */
export type Clause =
  | 'select'
  | 'from'
  | 'join-condition'
  | 'join-columns'
  | 'where'
  | 'group'
  | 'order'
  | 'having'
  | 'limit'
  | 'insert-columns'
  | 'insert'
  | 'into'
  | 'update'
  | 'set'
  | 'values'
  | 'returning'
  | 'with';

export interface QueryContext {
  readonly clause: Clause;
  /** What stands directly before: an operand wants an operator or the next clause, anything else wants an operand. */
  readonly afterOperand: boolean;
  readonly last: Word | undefined;
  /** The tables in sight, those of the innermost query first. */
  readonly items: readonly FromItem[];
  readonly common: readonly FromItem[];
}

const clauses: Readonly<Record<string, Clause>> = {
  SELECT: 'select',
  FROM: 'from',
  JOIN: 'from',
  ON: 'join-condition',
  USING: 'join-columns',
  WHERE: 'where',
  HAVING: 'having',
  LIMIT: 'limit',
  OFFSET: 'limit',
  INTO: 'into',
  UPDATE: 'update',
  SET: 'set',
  VALUES: 'values',
  RETURNING: 'returning',
  WITH: 'with',
};

const queryStarts = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'WITH', 'VALUES']);
const setOperations = new Set(['UNION', 'INTERSECT', 'EXCEPT']);
const wantsOperand = new Set(
  `SELECT DISTINCT ALL WHERE AND OR NOT ON HAVING BY SET WHEN THEN ELSE CASE BETWEEN LIKE ILIKE IN IS RETURNING VALUES LIMIT OFFSET FROM JOIN
  INTO UPDATE USING ONLY LATERAL WITH AS ANY SOME EXISTS RECURSIVE`.split(/\s+/),
);

/** The words before the cursor that belong to one level of parentheses, outermost level first. */
interface Level {
  /** The word before its parenthesis. */
  readonly lead: Word | undefined;
  readonly words: Word[];
}

/** What is known of the query around the cursor; undefined: it is in none. */
export function queryContext(before: readonly Word[], after: readonly Word[], catalog: CompletionCatalog): QueryContext | undefined {
  const levels = openLevels(before);
  const whole = [...before, ...after];
  const common = commonTables(whole, catalog);
  const derived = derivedTables(whole, catalog, common);
  const inner = [...levels].reverse();
  const queryAt = inner.findIndex((level) => isQuery(level.words));
  const query = inner[queryAt];
  if (query === undefined) return undefined;
  const own = lastOperand(query.words);
  const items = inner
    .filter((level) => isQuery(level.words))
    .flatMap((level) => fromItems(restOf(level, levels, after), catalog, common, derived));
  const last = before.at(-1);
  const clause = clauseOf(own, inner[0], queryAt === 0);
  return { clause, last, items, common, afterOperand: isOperand(last, before) };
}

function openLevels(before: readonly Word[]): readonly Level[] {
  const levels: Level[] = [{ lead: undefined, words: [] }];
  before.forEach((word, at) => {
    if (word.kind === 'open') levels.push({ lead: before[at - 1], words: [] });
    else if (word.kind === 'close' && levels.length > 1) {
      const closed = levels.pop();
      levels.at(-1)?.words.push(...(closed === undefined ? [] : [{ ...word, kind: 'close' as const }]));
    } else levels.at(-1)?.words.push(word);
  });
  return levels;
}

function isQuery(words: readonly Word[]): boolean {
  return words.some((word) => queryStarts.has(word.upper));
}

/** What follows the last UNION and its kin. */
function lastOperand(words: readonly Word[]): readonly Word[] {
  const at = words.findLastIndex((word) => setOperations.has(word.upper));
  return words.slice(at + 1);
}

/** The words of a level up to where it ends behind the cursor. */
function restOf(level: Level, levels: readonly Level[], after: readonly Word[]): readonly Word[] {
  let depth = levels.length - 1 - levels.indexOf(level);
  const words = [...lastOperand(level.words)];
  for (const word of after) {
    if (word.kind === 'open') depth++;
    else if (word.kind === 'close') {
      depth--;
      if (depth < 0) break;
      if (depth === 0) words.push(word);
    } else if (depth === 0) {
      if (setOperations.has(word.upper)) break;
      words.push(word);
    }
  }
  return words;
}

function clauseOf(words: readonly Word[], innermost: Level | undefined, isInnermost: boolean): Clause {
  const at = words.findLastIndex((word, index) => clauses[word.upper] !== undefined || (word.upper === 'BY' && index > 0));
  const word = words[at];
  if (word === undefined) return 'select';
  if (word.upper === 'BY') return words[at - 1]?.upper === 'GROUP' ? 'group' : 'order';
  const clause = clauses[word.upper] ?? 'select';
  if (clause === 'into') {
    if (words[at - 1]?.upper !== 'INSERT') return 'into';
    return isInnermost ? 'insert' : 'insert-columns';
  }
  // DELETE … USING and MERGE … USING name a table.
  if (clause === 'join-columns' && innermost?.lead?.upper !== 'USING') return 'from';
  // A list in parentheses is of the expression before it.
  if (clause === 'from' && !isInnermost) return 'where';
  return clause;
}

/** Whether a word ends an operand: a name that is no key word wanting one, a literal, a closing parenthesis. */
function isOperand(last: Word | undefined, before: readonly Word[]): boolean {
  if (last === undefined) return false;
  switch (last.kind) {
    case 'string':
    case 'number':
    case 'close':
      return true;
    case 'name':
      return !wantsOperand.has(last.upper);
    case 'open':
      return false;
    case 'sign':
      // `SELECT *` and `count(*)`, but not a product.
      return last.text === '*' && ['SELECT', ',', '(', 'ALL', 'DISTINCT'].includes(before.at(-2)?.upper || (before.at(-2)?.text ?? ''));
  }
}
