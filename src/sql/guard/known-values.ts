import { isWord, unwrapped, unwrappedFully } from './expression-parts.ts';
import type { SqlToken } from './tokens.ts';

const neverNull = new Set(
  `pg_typeof now random clock_timestamp statement_timestamp transaction_timestamp gen_random_uuid pg_backend_pid current_date
  current_time current_timestamp localtime localtimestamp current_user session_user current_role current_database ctid xmin xmax cmin cmax tableoid`.split(
    /\s+/,
  ),
);
const neverNegative = new Set([
  'random',
  'length',
  'char_length',
  'octet_length',
  'position',
  'strpos',
  'abs',
  'count',
  'cardinality',
  'num_nulls',
]);
const moments = new Set([
  'now',
  'current_date',
  'current_timestamp',
  'localtimestamp',
  'clock_timestamp',
  'statement_timestamp',
  'transaction_timestamp',
]);
/** Dates before this one are past, whenever it is read. */
const surelyPast = '2025-01-01';

/** Whether an expression is one call, or one column of every table, that is never NULL. */
export function isNeverNull(tokens: readonly SqlToken[]): boolean {
  const name = tokens.length === 1 ? tokens[0] : tokens.length === 3 && tokens[1]?.kind === 'dot' ? tokens[2] : calledName(tokens);
  return name?.kind === 'word' && neverNull.has(name.value);
}

/** Whether a comparison with a number holds for whatever the call gives: `length(x) >= 0`, `random() < 1`. */
export function holdsForAnyCall(tokens: readonly SqlToken[], operator: string, bound: number): boolean {
  const name = calledName(tokens)?.value ?? countOf(tokens);
  if (isWord(tokens.at(-1), 'tableoid')) return (operator === '>' || operator === '>=') && bound <= 0;
  if (name === undefined || !neverNegative.has(name)) return false;
  if (name === 'random' && (operator === '<' || operator === '<=')) return bound >= 1;
  return (operator === '>=' && bound <= 0) || (operator === '>' && bound < 0);
}

/** The name of the function where the whole is one call. */
function calledName(tokens: readonly SqlToken[]): SqlToken | undefined {
  return tokens[0]?.kind === 'word' && unwrapped(tokens.slice(1)) !== undefined ? tokens[0] : undefined;
}

/** (SELECT count(…) FROM …). */
function countOf(tokens: readonly SqlToken[]): string | undefined {
  return isWord(tokens[0], 'select') && isWord(tokens[1], 'count') && tokens.some((token) => isWord(token, 'from')) && endsCount(tokens)
    ? 'count'
    : undefined;
}

function endsCount(tokens: readonly SqlToken[]): boolean {
  const close = tokens.findIndex((token) => token.kind === 'close');
  return isWord(tokens[close + 1], 'from') && !tokens.some((token) => isWord(token, 'group') || isWord(token, 'having'));
}

/** How a moment of now or a date compares with another date, where that is certain: below 0, 0 or above. */
export function momentOrder(a: readonly SqlToken[], b: readonly SqlToken[]): number | undefined {
  const [left, right] = [dateOf(a), dateOf(b)];
  if (isNow(a) && right !== undefined && right < surelyPast) return 1;
  if (isNow(b) && left !== undefined && left < surelyPast) return -1;
  const areTyped = a.length > 1 && b.length > 1;
  return !areTyped || left === undefined || right === undefined ? undefined : left < right ? -1 : Number(left > right);
}

function isNow(tokens: readonly SqlToken[]): boolean {
  return (
    tokens[0]?.kind === 'word' &&
    moments.has(tokens[0].value) &&
    (tokens.length === 1 || (tokens.length === 3 && tokens[2]?.kind === 'close'))
  );
}

/** '2020-01-31', DATE '2020-01-31', '2020-01-31'::timestamptz. */
function dateOf(tokens: readonly SqlToken[]): string | undefined {
  const bare = unwrappedFully(tokens);
  const literal = bare.find((token) => token.kind === 'string');
  const isDate = bare.every((token) => token === literal || /^(?:date|timestamp|timestamptz|::)$/.test(token.value));
  return isDate && literal !== undefined && /^\d{4}-\d{2}-\d{2}(?: |$)/.test(literal.value) ? literal.value : undefined;
}
