import { isWord, textOf, topLevel, unwrappedFully } from './expression-parts.ts';
import { linearForm } from './linear-form.ts';
import type { SqlToken } from './tokens.ts';

const opposites: Readonly<Record<string, string>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  '~~': '!~~',
  '!~~': '~~',
  '~~*': '!~~*',
  '!~~*': '~~*',
  '~': '!~',
  '!~': '~',
};

/** Whether parts between OR leave nothing out: A OR NOT A, a = 1 OR a <> 1, a IS NULL OR a IS NOT NULL, a > 3 OR a < 10. */
export function isExhaustive(parts: readonly (readonly SqlToken[])[]): boolean {
  const bare = parts.map((part) => canonical(unwrappedFully(part)));
  const texts = new Set(bare.map(textOf));
  return bare.some((part) => negations(part).some((negation) => texts.has(negation))) || coversAllNumbers(bare);
}

/** One spelling of each test: LIKE is ~~, ISNULL is IS NULL, != is <>. */
function canonical(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const spelled: SqlToken[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    const isNegated = isWord(token, 'not') && (isWord(tokens[at + 1], 'like') || isWord(tokens[at + 1], 'ilike'));
    const like = isNegated ? tokens[at + 1] : token;
    if (isWord(like, 'like') || isWord(like, 'ilike')) {
      const mark = `${isNegated ? '!' : ''}~~${isWord(like, 'ilike') ? '*' : ''}`;
      spelled.push({ ...token, kind: 'operator', text: mark, value: mark });
      if (isNegated) at++;
    } else if (isWord(token, 'isnull') || isWord(token, 'notnull')) {
      const words = isWord(token, 'isnull') ? ['is', 'null'] : ['is', 'not', 'null'];
      spelled.push(...words.map((word): SqlToken => ({ ...token, text: word, value: word })));
    } else spelled.push(token.text === '!=' ? { ...token, text: '<>', value: '<>' } : token);
  }
  return spelled;
}

/** Texts that are true wherever the part is not, but for NULL. */
function negations(part: readonly SqlToken[]): readonly string[] {
  const text = textOf(part);
  const found = [`not ${text}`, `not ( ${text} )`];
  const is = topLevel(part, (token) => isWord(token, 'is'));
  if (is > 0 && !isWord(part[is + 1], 'not')) found.push(`${textOf(part.slice(0, is + 1))} not ${textOf(part.slice(is + 1))}`);
  const list = topLevel(part, (token) => isWord(token, 'in') || isWord(token, 'between'));
  if (list > 0 && !isWord(part[list - 1], 'not')) found.push(`${textOf(part.slice(0, list))} not ${textOf(part.slice(list))}`);
  const at = topLevel(part, (token) => token.kind === 'operator' && opposites[token.text] !== undefined);
  if (at > 0) found.push(`${textOf(part.slice(0, at))} ${opposites[part[at]?.text ?? '']} ${textOf(part.slice(at + 1))}`);
  return found;
}

interface Range {
  readonly base: string;
  readonly operator: string;
  readonly bound: number;
}

/** a < 5 OR a = 5 OR a > 5. */
function coversAllNumbers(parts: readonly (readonly SqlToken[])[]): boolean {
  const ranges = parts.flatMap((part): readonly Range[] => {
    const at = topLevel(part, (token) => token.kind === 'operator' && /^(?:[<>]=?|=|<>)$/.test(token.text));
    const [left, right] = [linearForm(part.slice(0, at)), linearForm(part.slice(at + 1))];
    if (at < 1 || left === undefined || right === undefined || left.base === '' || right.base !== '') return [];
    return [{ base: left.base, operator: part[at]?.text ?? '', bound: right.offset - left.offset }];
  });
  return ranges.some(({ base }) => coversAll(ranges.filter((range) => range.base === base)));
}

function coversAll(ranges: readonly Range[]): boolean {
  const holds = (value: number): boolean => ranges.some(({ operator, bound }) => isIn(value, operator, bound));
  const bounds = ranges.map(({ bound }) => bound).sort((a, b) => a - b);
  const between = bounds.slice(1).map((bound, at) => (bound + (bounds[at] ?? bound)) / 2);
  return [Number.NEGATIVE_INFINITY, ...bounds, ...between, Number.POSITIVE_INFINITY].every(holds);
}

function isIn(value: number, operator: string, bound: number): boolean {
  switch (operator) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    case '=':
      return value === bound;
    default:
      return value !== bound;
  }
}

/** Whether parts between AND exclude each other: A AND NOT A. */
export function isContradiction(parts: readonly (readonly SqlToken[])[]): boolean {
  const texts = parts.map((part) => textOf(unwrappedFully(part)));
  return parts.some((part) => {
    const is = topLevel(part, (token) => isWord(token, 'is'));
    const opposite = is > 0 ? `${textOf(part.slice(0, is + 1))} not ${textOf(part.slice(is + 1))}` : `not ${textOf(part)}`;
    return texts.includes(opposite);
  });
}
