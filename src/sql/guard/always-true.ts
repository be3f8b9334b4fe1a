import { commaParts, isWord, splitAt, textOf, topLevel, unwrapped, unwrappedFully } from './expression-parts.ts';
import type { ObjectName } from './token-reader.ts';
import type { SqlToken } from './tokens.ts';

type Truth = 'true' | 'false' | 'unknown';

/** Calls that give another value each time: `random() = random()` proves nothing. */
const volatileFunctions = new Set([
  'random',
  'random_normal',
  'gen_random_uuid',
  'uuid_generate_v4',
  'uuidv4',
  'uuidv7',
  'clock_timestamp',
  'nextval',
  'timeofday',
]);
const patternOperators = new Set(['~', '~*', '~~', '~~*']);
const opposites: Readonly<Record<string, string>> = { '=': '<>', '<>': '=', '!=': '=', '<': '>=', '>=': '<', '>': '<=', '<=': '>' };

/**
 * Whether a condition leaves no row out, as far as its text proves it: constants compared, a column with itself, x or not x, a column
 * among all the values of its own table. That a column with NULL fails `id = id` does not count.
 */
export function isAlwaysTrue(condition: readonly SqlToken[], target?: ObjectName): boolean {
  return truth(condition, target) === 'true';
}

function truth(tokens: readonly SqlToken[], target: ObjectName | undefined): Truth {
  const either = splitAt(tokens, 'or');
  if (either.length > 1) {
    const parts = either.map((part) => truth(part, target));
    if (parts.includes('true') || isExhaustive(either)) return 'true';
    return parts.every((part) => part === 'false') ? 'false' : 'unknown';
  }
  const all = splitAt(tokens, 'and');
  if (all.length > 1) {
    const parts = all.map((part) => truth(part, target));
    if (parts.includes('false')) return 'false';
    return parts.every((part) => part === 'true') ? 'true' : 'unknown';
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
  return isTest(tokens, target) ?? membership(tokens, target) ?? comparison(tokens, target) ?? existence(tokens) ?? 'unknown';
}

/** A OR NOT A; a = 1 OR a <> 1; a IS NULL OR a IS NOT NULL. */
function isExhaustive(parts: readonly (readonly SqlToken[])[]): boolean {
  const texts = parts.map((part) => textOf(unwrappedFully(part)));
  return parts.some((part) => {
    const bare = unwrappedFully(part);
    const negations = [`not ${textOf(bare)}`, `not ( ${textOf(bare)} )`];
    const is = bare.findIndex((token) => isWord(token, 'is'));
    if (is > 0 && !isWord(bare[is + 1], 'not')) negations.push(`${textOf(bare.slice(0, is + 1))} not ${textOf(bare.slice(is + 1))}`);
    const at = bare.findIndex((token) => token.kind === 'operator' && opposites[token.text] !== undefined);
    const opposite = opposites[bare[at]?.text ?? ''];
    if (at > 0 && opposite !== undefined) {
      const [left, right] = [textOf(bare.slice(0, at)), textOf(bare.slice(at + 1))];
      negations.push(`${left} ${opposite} ${right}`);
      if (opposite === '<>') negations.push(`${left} != ${right}`);
    }
    return negations.some((negation) => texts.includes(negation));
  });
}

function booleanConstant(tokens: readonly SqlToken[]): Truth | undefined {
  const [first, second] = tokens;
  const isTyped = tokens.length === 2 && (isWord(first, 'bool') || isWord(first, 'boolean')) && second?.kind === 'string';
  const token = isTyped ? second : first;
  if (token === undefined || (tokens.length !== 1 && !isTyped)) return undefined;
  if (isWord(token, 'true')) return 'true';
  if (isWord(token, 'false')) return 'false';
  if (token.kind !== 'string') return undefined;
  const value = token.value.trim().toLowerCase();
  if (/^(?:t|tr|tru|true|y|ye|yes|on|1)$/.test(value)) return 'true';
  return /^(?:f|fa|fal|fals|false|n|no|of|off|0)$/.test(value) ? 'false' : undefined;
}

/** x::boolean, CAST(x AS boolean), where x is a constant. */
function withoutBooleanCast(tokens: readonly SqlToken[]): readonly SqlToken[] | undefined {
  const [type, mark] = [tokens.at(-1), tokens.at(-2)];
  const isBoolean = isWord(type, 'bool') || isWord(type, 'boolean');
  if (mark?.text === '::' && isBoolean) return asBoolean(tokens.slice(0, -2));
  if (!isWord(tokens[0], 'cast') || tokens[1]?.kind !== 'open') return undefined;
  const inside = tokens.slice(2, -1);
  if (!isWord(inside.at(-2), 'as') || !(isWord(inside.at(-1), 'bool') || isWord(inside.at(-1), 'boolean'))) return undefined;
  return asBoolean(inside.slice(0, -2));
}

function asBoolean(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const bare = unwrappedFully(tokens);
  const [token] = bare;
  if (bare.length !== 1 || token?.kind !== 'number') return bare;
  return [{ ...token, kind: 'word', value: Number(token.text) === 0 ? 'false' : 'true' }];
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
  if (found === 'unknown' || (asked !== 'true' && asked !== 'false')) return undefined;
  return found === asked ? 'true' : 'false';
}

function nullness(tokens: readonly SqlToken[], target: ObjectName | undefined): Truth | undefined {
  const bare = unwrappedFully(tokens);
  if (bare.length === 1 && isWord(bare[0], 'null')) return 'true';
  const isConstant = bare.length === 1 && (bare[0]?.kind === 'number' || bare[0]?.kind === 'string');
  return isConstant || truth(bare, target) !== 'unknown' ? 'false' : undefined;
}

function comparison(tokens: readonly SqlToken[], target: ObjectName | undefined): Truth | undefined {
  const at = topLevel(
    tokens,
    (token) => token.kind === 'operator' && (opposites[token.text] !== undefined || patternOperators.has(token.text)),
  );
  if (at > 0) return compared(tokens.slice(0, at), tokens[at]?.text ?? '', tokens.slice(at + 1), target);
  const distinct = topLevel(tokens, (token) => isWord(token, 'distinct'));
  if (distinct > 2 && isWord(tokens[distinct - 1], 'not') && isWord(tokens[distinct - 2], 'is') && isWord(tokens[distinct + 1], 'from'))
    return compared(tokens.slice(0, distinct - 2), '=', tokens.slice(distinct + 2), target);
  const like = topLevel(tokens, (token) => isWord(token, 'like') || isWord(token, 'ilike') || isWord(token, 'similar'));
  if (like > 0) {
    const [pattern, ...more] = tokens.slice(isWord(tokens[like], 'similar') ? like + 2 : like + 1);
    const isAny = pattern?.kind === 'string' && more.length === 0 && /^%+$/.test(pattern.value);
    if (!isAny) return undefined;
    return isWord(tokens[like - 1], 'not') ? 'false' : 'true';
  }
  const between = topLevel(tokens, (token) => isWord(token, 'between'));
  const bounds = between > 0 ? tokens.slice(between + 1) : [];
  const and = topLevel(bounds, (token) => isWord(token, 'and'));
  if (and < 0) return undefined;
  const value = tokens.slice(0, between);
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
    const everything = operator.startsWith('~~') ? /^%+$/ : /^(?:\.\*|\^)?$/;
    return b.length === 1 && b[0]?.kind === 'string' && everything.test(b[0].value) ? 'true' : undefined;
  }
  const order = numericOrder(a, b) ?? textOrder(a, b) ?? booleanOrder(a, b, target) ?? (isSameColumn(a, b, target) ? 0 : undefined);
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

function numericOrder(a: readonly SqlToken[], b: readonly SqlToken[]): number | undefined {
  if (a[0]?.kind === 'string' && b[0]?.kind === 'string') return undefined;
  const [left, right] = [numberOf(withoutCast(a)), numberOf(withoutCast(b))];
  return left === undefined || right === undefined ? undefined : Math.sign(left - right);
}

/** 1::int and '1' are 1. */
function withoutCast(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const bare = tokens[1]?.text === '::' && tokens.length === 3 ? tokens.slice(0, 1) : tokens;
  const [token] = bare;
  const isQuotedNumber = bare.length === 1 && token?.kind === 'string' && /^\d+$/.test(token.value);
  return isQuotedNumber ? [{ ...token, kind: 'number', text: token.value }] : bare;
}

/** A number, or whole numbers joined by + - *. */
function numberOf(tokens: readonly SqlToken[]): number | undefined {
  const text = tokens.map((token) => token.text).join('');
  const isSum = tokens.length > 0 && tokens.every((token) => token.kind === 'number' || /^[-+*]$/.test(token.text));
  if (!isSum || !/^[-+]?[\d.]+(?:[-+*][\d.]+)*$/.test(text)) return undefined;
  return text
    .split(/(?=[-+])/)
    .map((term) => term.split('*').reduce((product, factor) => product * Number(factor), 1))
    .reduce((sum, term) => sum + term, 0);
}

/** Which of two different texts comes first is the collation's; that they differ is enough here. */
function textOrder(a: readonly SqlToken[], b: readonly SqlToken[]): number | undefined {
  const [left, right] = [a[0], b[0]];
  if (a.length !== 1 || b.length !== 1 || left?.kind !== 'string' || right?.kind !== 'string') return undefined;
  if (left.value === right.value) return 0;
  return left.value < right.value ? -1 : 1;
}

function booleanOrder(a: readonly SqlToken[], b: readonly SqlToken[], target: ObjectName | undefined): number | undefined {
  const isBoolean = (side: readonly SqlToken[]) => side.length === 1 && (isWord(side[0], 'true') || isWord(side[0], 'false'));
  if (!isBoolean(a) && !isBoolean(b)) return undefined;
  const [left, right] = [truth(a, target), truth(b, target)];
  if (left === 'unknown' || right === 'unknown') return undefined;
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

/** EXISTS (SELECT 1) and (SELECT true), which ask no table. */
function existence(tokens: readonly SqlToken[]): Truth | undefined {
  if (isWord(tokens[0], 'select')) return booleanConstant(tokens.slice(1));
  if (!isWord(tokens[0], 'exists') || tokens[1]?.kind !== 'open') return undefined;
  const isTableless =
    isWord(tokens[2], 'select') && !tokens.some((token) => isWord(token, 'from') || isWord(token, 'where') || isWord(token, 'limit'));
  return isTableless ? 'true' : undefined;
}

function negated(value: Truth): Truth {
  if (value === 'unknown') return 'unknown';
  return value === 'true' ? 'false' : 'true';
}
