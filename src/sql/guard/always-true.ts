import { booleanConstant, withoutBooleanCast } from './boolean-literal.ts';
import { isConstantCondition, volatileFunctions } from './constant-condition.ts';
import { constantText, matches, matchesExpression } from './constant-text.ts';
import { isContradiction, isExhaustive } from './exhaustive.ts';
import {
  caseParts,
  commaParts,
  isNull,
  isWord,
  scalar,
  splitAt,
  textOf,
  topLevel,
  unwrapped,
  unwrappedFully,
  withoutOperatorCalls,
} from './expression-parts.ts';
import { holdsForAnyCall, isNeverNull, momentOrder } from './known-values.ts';
import { linearForm } from './linear-form.ts';
import type { ObjectName } from './token-reader.ts';
import type { SqlToken } from './tokens.ts';

/** 'constant': the same for every row, be it true or not. */
type Truth = 'true' | 'false' | 'constant' | 'unknown';

const patternOperators = new Set(['~', '~*', '~~', '~~*']);
const opposites: Readonly<Record<string, string>> = { '=': '<>', '<>': '=', '!=': '=', '<': '>=', '>=': '<', '>': '<=', '<=': '>' };

/**
 * Whether a condition leaves no row out, as far as its text shows: constants compared, a column with itself, x or not x, a column among
 * all the values of its own table; and whatever cannot differ from row to row, unless it is plainly false. That a column with NULL fails
 * `id = id` does not count.
 */
export function isAlwaysTrue(condition: readonly SqlToken[], target?: ObjectName): boolean {
  const found = truth(withoutOperatorCalls(condition), target);
  return found === 'true' || found === 'constant';
}

function truth(tokens: readonly SqlToken[], target: ObjectName | undefined): Truth {
  const either = splitAt(tokens, 'or');
  if (either.length > 1) {
    const parts = either.map((part) => truth(part, target));
    if (parts.includes('true') || isExhaustive(either)) return 'true';
    if (parts.includes('constant')) return 'constant';
    return parts.includes('unknown') ? 'unknown' : 'false';
  }
  const all = splitAt(tokens, 'and');
  if (all.length > 1) {
    const parts = all.map((part) => truth(part, target));
    if (parts.includes('false') || isContradiction(all)) return 'false';
    if (parts.includes('unknown')) return 'unknown';
    return parts.includes('constant') ? 'constant' : 'true';
  }
  if (isWord(tokens[0], 'not')) return negated(truth(tokens.slice(1), target));
  return primary(tokens, target);
}

function primary(tokens: readonly SqlToken[], target: ObjectName | undefined): Truth {
  const inner = unwrapped(tokens);
  if (inner !== undefined) return truth(inner, target);
  const cast = withoutBooleanCast(tokens);
  if (cast !== undefined) return truth(cast, target);
  const constant = booleanConstant(tokens);
  if (constant !== undefined) return constant;
  return (
    chosen(tokens, target) ??
    isTest(tokens, target) ??
    membership(tokens, target) ??
    comparison(tokens, target) ??
    existence(tokens, target) ??
    (isEmptyPrefix(tokens) ? 'true' : isConstantCondition(tokens) ? 'constant' : 'unknown')
  );
}

/** CASE and COALESCE, as far as what they choose is known. */
function chosen(tokens: readonly SqlToken[], target: ObjectName | undefined): Truth | undefined {
  const list = isWord(tokens[0], 'coalesce') ? unwrapped(tokens.slice(1)) : undefined;
  const first = list && commaParts(list).find((part) => !(part.length === 1 && isWord(part[0], 'null')));
  if (first !== undefined) {
    const found = truth(first, target);
    return found === 'unknown' ? undefined : found;
  }
  if (!isWord(tokens[0], 'case') || !isWord(tokens.at(-1), 'end')) return undefined;
  const { subject, branches, otherwise } = caseParts(tokens.slice(1, -1));
  for (const { when, result } of branches) {
    const test = subject.length === 0 ? truth(when, target) : (compared(subject, '=', when, target) ?? 'unknown');
    if (test === 'true') return truth(result, target);
    if (test !== 'false') return undefined;
  }
  return otherwise.length === 0 ? 'false' : truth(otherwise, target);
}

/** starts_with(x, ''). */
function isEmptyPrefix(tokens: readonly SqlToken[]): boolean {
  const inside = isWord(tokens[0], 'starts_with') ? unwrapped(tokens.slice(1)) : undefined;
  const [, prefix] = inside === undefined ? [] : commaParts(inside);
  return prefix?.length === 1 && prefix[0]?.kind === 'string' && prefix[0].value === '';
}

/** … IS [NOT] TRUE, FALSE, NULL of something known. */
function isTest(tokens: readonly SqlToken[], target: ObjectName | undefined): Truth | undefined {
  const isNot = isWord(tokens.at(-2), 'not') && isWord(tokens.at(-3), 'is');
  if (!isNot && !isWord(tokens.at(-2), 'is')) return undefined;
  const tested = tokens.slice(0, isNot ? -3 : -2);
  const asked = tokens.at(-1)?.value ?? '';
  const found = asked === 'null' || asked === 'unknown' ? nullness(tested, target) : sameTruth(truth(tested, target), asked);
  return found !== undefined && isNot ? negated(found) : found;
}

function sameTruth(found: Truth, asked: string): Truth | undefined {
  if (found === 'constant' && (asked === 'true' || asked === 'false')) return 'constant';
  if (found === 'unknown' || (asked !== 'true' && asked !== 'false')) return undefined;
  return found === asked ? 'true' : 'false';
}

function nullness(tokens: readonly SqlToken[], target: ObjectName | undefined): Truth | undefined {
  const bare = unwrappedFully(tokens);
  if (bare.length === 1 && isWord(bare[0], 'null')) return 'true';
  if (isNeverNull(bare)) return 'false';
  const isConstant = bare.length === 1 && (bare[0]?.kind === 'number' || bare[0]?.kind === 'string');
  return isConstant || truth(bare, target) !== 'unknown' ? 'false' : undefined;
}

function comparison(tokens: readonly SqlToken[], target: ObjectName | undefined): Truth | undefined {
  const at = topLevel(
    tokens,
    (token) => token.kind === 'operator' && (opposites[token.text] !== undefined || patternOperators.has(token.text)),
  );
  if (at > 0) {
    const quantified = overList(tokens.slice(0, at), tokens[at]?.text ?? '', tokens.slice(at + 1), target);
    return quantified ?? compared(tokens.slice(0, at), tokens[at]?.text ?? '', tokens.slice(at + 1), target);
  }
  const distinct = topLevel(tokens, (token) => isWord(token, 'distinct'));
  if (distinct > 2 && isWord(tokens[distinct - 1], 'not') && isWord(tokens[distinct - 2], 'is') && isWord(tokens[distinct + 1], 'from'))
    return compared(tokens.slice(0, distinct - 2), '=', tokens.slice(distinct + 2), target);
  if (distinct > 1 && isWord(tokens[distinct - 1], 'is') && isWord(tokens[distinct + 1], 'from'))
    return compared(tokens.slice(0, distinct - 1), '<>', tokens.slice(distinct + 2), target);
  const like = topLevel(tokens, (token) => isWord(token, 'like') || isWord(token, 'ilike') || isWord(token, 'similar'));
  if (like > 0) {
    const [pattern, ...more] = tokens.slice(isWord(tokens[like], 'similar') ? like + 2 : like + 1);
    const isWhole = more.length === 0 || (more.length === 2 && isWord(more[0], 'escape'));
    const subject = tokens.slice(0, isWord(tokens[like - 1], 'not') ? like - 1 : like);
    const found = pattern?.kind === 'string' && isWhole ? matches(subject, pattern.value, more[1]?.value ?? '\\') : undefined;
    if (found === undefined) return undefined;
    return found === isWord(tokens[like - 1], 'not') ? 'false' : 'true';
  }
  const between = topLevel(tokens, (token) => isWord(token, 'between'));
  const bounds = between > 0 ? tokens.slice(between + 1) : [];
  const and = topLevel(bounds, (token) => isWord(token, 'and'));
  if (and < 0) return undefined;
  const value = tokens.slice(0, between);
  if (isWord(value.at(-1), 'not')) return undefined;
  if (isWord(bounds[0], 'symmetric')) {
    const ends = [bounds.slice(1, and), bounds.slice(and + 1)];
    return ends.every((end) => compared(value, '=', end, target) === 'true') ? 'true' : undefined;
  }
  const parts = [compared(value, '>=', bounds.slice(0, and), target), compared(value, '<=', bounds.slice(and + 1), target)];
  if (parts.includes('false')) return 'false';
  return parts.every((part) => part === 'true') ? 'true' : undefined;
}

function compared(
  left: readonly SqlToken[],
  operator: string,
  right: readonly SqlToken[],
  target: ObjectName | undefined,
): Truth | undefined {
  const [a, b] = [unwrappedFully(left), unwrappedFully(right)];
  if (patternOperators.has(operator)) {
    const [pattern] = b;
    if (b.length !== 1 || pattern?.kind !== 'string') return undefined;
    const found = operator.startsWith('~~') ? matches(a, pattern.value, '\\') : matchesExpression(a, pattern.value);
    return found === undefined ? undefined : found ? 'true' : 'false';
  }
  const [plainA, plainB] = [scalar(a), scalar(b)];
  if (isNull(plainA) && isNull(plainB)) return operator === '=' ? 'true' : 'false';
  const number = linearForm(plainB);
  if (number?.base === '' && holdsForAnyCall(plainA, operator, number.offset)) return 'true';
  const order =
    linearOrder(plainA, plainB) ??
    textOrder(plainA, plainB) ??
    booleanOrder(plainA, plainB, target) ??
    momentOrder(plainA, plainB) ??
    (isSameColumn(plainA, plainB, target) ? 0 : undefined);
  if (order === undefined) return undefined;
  const holds: Readonly<Record<string, boolean>> = {
    '=': order === 0,
    '<>': order !== 0,
    '!=': order !== 0,
    '<': order < 0,
    '>': order > 0,
    '<=': order <= 0,
    '>=': order >= 0,
  };
  return holds[operator] ? 'true' : 'false';
}

/** Both sides differ by a number, or both are numbers; two texts that look like numbers are texts. */
function linearOrder(a: readonly SqlToken[], b: readonly SqlToken[]): number | undefined {
  if (a.length === 1 && a[0]?.kind === 'string' && b[0]?.kind === 'string') return undefined;
  if ([...a, ...b].some((token) => token.kind === 'word' && volatileFunctions.has(token.value))) return undefined;
  const [left, right] = [linearForm(a), linearForm(b)];
  if (left === undefined || right === undefined || left.base !== right.base) return undefined;
  return Math.sign(left.offset - right.offset);
}

/** = ANY (ARRAY[…]). */
function overList(
  value: readonly SqlToken[],
  operator: string,
  right: readonly SqlToken[],
  target: ObjectName | undefined,
): Truth | undefined {
  if (!isWord(right[0], 'any') && !isWord(right[0], 'some')) return undefined;
  const list = unwrapped(right.slice(1));
  if (operator !== '=' || list === undefined || !isWord(list[0], 'array')) return undefined;
  const parts = commaParts(list.slice(2, -1));
  return parts.some((part) => compared(value, '=', part, target) === 'true') ? 'true' : undefined;
}

/** Which of two different texts comes first is the collation's; that they differ is enough here. */
function textOrder(a: readonly SqlToken[], b: readonly SqlToken[]): number | undefined {
  const [left, right] = [constantText(a), constantText(b)];
  if (left === undefined || right === undefined) return undefined;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function booleanOrder(a: readonly SqlToken[], b: readonly SqlToken[], target: ObjectName | undefined): number | undefined {
  const isBoolean = (side: readonly SqlToken[]) => side.length === 1 && (isWord(side[0], 'true') || isWord(side[0], 'false'));
  if (!isBoolean(a) && !isBoolean(b)) return undefined;
  const [left, right] = [truth(a, target), truth(b, target)];
  if (left === 'unknown' || right === 'unknown' || left === 'constant' || right === 'constant') return undefined;
  return Number(left === 'true') - Number(right === 'true');
}

/** The same expression on both sides, with or without the table's name. */
function isSameColumn(a: readonly SqlToken[], b: readonly SqlToken[], target: ObjectName | undefined): boolean {
  if (a.length === 0 || b.length === 0) return false;
  if (a.some((token) => token.kind === 'other' || (token.kind === 'word' && volatileFunctions.has(token.value)))) return false;
  if (textOf(a) === textOf(b)) return true;
  const table = target?.parts.at(-1);
  const bare = (side: readonly SqlToken[]) =>
    side.length === 3 && side[1]?.kind === 'dot' && side[0]?.value === table ? side.slice(2) : side;
  return textOf(bare(a)) === textOf(bare(b));
}

/** 1 IN (1, 2); id IN (id); id IN (SELECT id FROM the same table). */
function membership(tokens: readonly SqlToken[], target: ObjectName | undefined): Truth | undefined {
  const any = topLevel(tokens, (token) => isWord(token, 'any') || isWord(token, 'some'));
  const at =
    any > 1 && tokens[any - 1]?.text === '=' && isWord(tokens[any + 2], 'select') ? any : topLevel(tokens, (token) => isWord(token, 'in'));
  if (at < 1 || tokens[at + 1]?.kind !== 'open' || isWord(tokens[at - 1], 'not')) return undefined;
  const value = tokens.slice(0, at === any ? at - 1 : at);
  const list = tokens.slice(at + 2, -1);
  if (!isWord(list[0], 'select')) {
    const parts = commaParts(list);
    return parts.some((part) => compared(value, '=', part, target) === 'true') ? 'true' : undefined;
  }
  const from = topLevel(list, (token) => isWord(token, 'from'));
  const column = list.slice(1, from);
  const table = list.slice(from + 1);
  const isWholeTable =
    table.length <= 5 &&
    table.filter((token) => !isWord(token, 'as')).every((token) => token.kind === 'word' || token.kind === 'name' || token.kind === 'dot');
  const names = table.filter((token) => token.kind !== 'dot');
  const isClause = table.some((token) => isWord(token, 'where') || isWord(token, 'limit') || isWord(token, 'tablesample'));
  const isTarget =
    target !== undefined &&
    names
      .slice(0, target.parts.length)
      .map((token) => token.value)
      .join('.') === target.parts.join('.');
  if (from < 0 || isClause || !isWholeTable || !isTarget) return undefined;
  return column.at(-1)?.value === value.at(-1)?.value && value.length <= 3 ? 'true' : undefined;
}

/** EXISTS (SELECT 1), EXISTS (VALUES (1)) and (SELECT true), which ask no table. */
function existence(tokens: readonly SqlToken[], target: ObjectName | undefined): Truth | undefined {
  if (isWord(tokens[0], 'select')) return booleanConstant(tokens.slice(1));
  const query = isWord(tokens[0], 'exists') ? unwrapped(tokens.slice(1)) : undefined;
  if (query === undefined) return undefined;
  if (isWord(query[0], 'values')) return 'true';
  if (!isWord(query[0], 'select') || query.some((token) => isWord(token, 'limit') || isWord(token, 'offset'))) return undefined;
  const from = topLevel(query, (token) => isWord(token, 'from'));
  const where = topLevel(query, (token) => isWord(token, 'where'));
  if (from >= 0) {
    const isOfValues = query[from + 1]?.kind === 'open' && isWord(query[from + 2], 'values') && where < 0;
    return isOfValues && !query.some((token) => token.kind === 'comma' || isWord(token, 'join')) ? 'true' : undefined;
  }
  if (where < 0) return 'true';
  const found = truth(query.slice(where + 1), target);
  return found === 'unknown' ? undefined : found;
}

function negated(value: Truth): Truth {
  if (value === 'unknown' || value === 'constant') return value;
  return value === 'true' ? 'false' : 'true';
}
