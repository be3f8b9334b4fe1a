import { commaParts, isWord, textOf, unwrapped, unwrappedFully } from './expression-parts.ts';
import type { SqlToken } from './tokens.ts';

/** An expression as what differs from row to row and what is added to it. */
export interface LinearForm {
  /** The same for the same expression; '' for a number. */
  readonly base: string;
  readonly offset: number;
}

/** `id + 2 - 1` is `id` and 1; undefined where other operators stand between, or nothing is known of a part. */
export function linearForm(tokens: readonly SqlToken[]): LinearForm | undefined {
  const terms = termsOf(unwrappedFully(tokens));
  if (terms === undefined) return undefined;
  let offset = 0;
  const bases: string[] = [];
  for (const { sign, tokens: term } of terms) {
    const bare = withoutUnit(term);
    const number = numberOf(bare) ?? foldedCall(bare);
    if (number !== undefined) {
      offset += sign * number;
      continue;
    }
    const text = textOf(unwrappedFully(bare));
    const opposite = bases.indexOf(`${sign > 0 ? '-' : '+'} ${text}`);
    if (opposite >= 0) bases.splice(opposite, 1);
    else bases.push(`${sign > 0 ? '+' : '-'} ${text}`);
  }
  return { base: bases.sort().join(' '), offset };
}

interface Term {
  readonly sign: 1 | -1;
  readonly tokens: readonly SqlToken[];
}

function termsOf(tokens: readonly SqlToken[]): readonly Term[] | undefined {
  const terms: { sign: 1 | -1; tokens: SqlToken[] }[] = [];
  let depth = 0;
  let current: { sign: 1 | -1; tokens: SqlToken[] } = { sign: 1, tokens: [] };
  for (const token of tokens) {
    if (token.kind === 'open' || isWord(token, 'case')) depth++;
    if (token.kind === 'close' || isWord(token, 'end')) depth--;
    const isOperator = depth === 0 && token.kind === 'operator';
    if (isOperator && !/^(?:[-+*/%]|::)$/.test(token.text)) return undefined;
    if (!isOperator || !/^[-+]$/.test(token.text)) {
      current.tokens.push(token);
      continue;
    }
    const sign = token.text === '-' ? -1 : 1;
    if (current.tokens.length > 0) {
      terms.push(current);
      current = { sign, tokens: [] };
    } else current = { sign: sign * current.sign === 1 ? 1 : -1, tokens: [] };
  }
  if (current.tokens.length === 0) return undefined;
  return [...terms, current];
}

/** x * 1, 1 * x, x / 1. */
function withoutUnit(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const isOne = (token: SqlToken | undefined): boolean => token?.kind === 'number' && Number(token.text) === 1;
  const [last, mark] = [tokens.at(-1), tokens.at(-2)?.text];
  if (tokens.length > 2 && isOne(last) && (mark === '*' || mark === '/')) return withoutUnit(tokens.slice(0, -2));
  return tokens.length > 2 && isOne(tokens[0]) && tokens[1]?.text === '*' ? withoutUnit(tokens.slice(2)) : tokens;
}

/** A number, with a cast or without, or a product of whole numbers. */
function numberOf(tokens: readonly SqlToken[]): number | undefined {
  const cast = tokens.findIndex((token) => token.text === '::');
  const bare = unwrappedFully(cast > 0 ? tokens.slice(0, cast) : tokens);
  const factors = bare.filter((_, at) => at % 2 === 0);
  const isProduct = bare.length % 2 === 1 && bare.every((token, at) => (at % 2 === 0 ? isNumber(token) : token.text === '*'));
  return isProduct ? factors.reduce((product, factor) => product * numericValue(factor), 1) : undefined;
}

function isNumber(token: SqlToken): boolean {
  return (token.kind === 'number' || (token.kind === 'string' && /^\d+$/.test(token.value))) && Number.isFinite(numericValue(token));
}

function numericValue(token: SqlToken): number {
  return Number(token.value.replaceAll('_', ''));
}

/** x % 1, mod(x, 1), strpos(x, x): numbers whatever x is. */
function foldedCall(tokens: readonly SqlToken[]): number | undefined {
  const isOne = (part: readonly SqlToken[] | undefined): boolean => part?.length === 1 && part[0]?.text === '1';
  if (tokens.length > 2 && tokens.at(-2)?.text === '%' && isOne(tokens.slice(-1))) return 0;
  const inside = tokens[0]?.kind === 'word' ? unwrapped(tokens.slice(1)) : undefined;
  if (inside === undefined) return undefined;
  const [first, second] = commaParts(inside);
  if (isWord(tokens[0], 'mod') && isOne(second)) return 0;
  return isWord(tokens[0], 'strpos') && first !== undefined && second !== undefined && textOf(first) === textOf(second) ? 1 : undefined;
}
