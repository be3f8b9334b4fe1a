import { isWord, unwrappedFully } from './expression-parts.ts';
import type { SqlToken } from './tokens.ts';

/** TRUE, 'yes', BOOLEAN 'on'; NULL counts as false, for it selects nothing. */
export function booleanConstant(tokens: readonly SqlToken[]): 'true' | 'false' | undefined {
  const [first, second] = tokens;
  const isTyped = tokens.length === 2 && (isWord(first, 'bool') || isWord(first, 'boolean')) && second?.kind === 'string';
  const token = isTyped ? second : first;
  if (token === undefined || (tokens.length !== 1 && !isTyped)) return undefined;
  if (isWord(token, 'true')) return 'true';
  if (isWord(token, 'false') || isWord(token, 'null')) return 'false';
  if (token.kind !== 'string') return undefined;
  const value = token.value.trim().toLowerCase();
  if (/^(?:t|tr|tru|true|y|ye|yes|on|1)$/.test(value)) return 'true';
  return /^(?:f|fa|fal|fals|false|n|no|of|off|0)$/.test(value) ? 'false' : undefined;
}

/** x::boolean, CAST(x AS boolean), where x is a constant. */
export function withoutBooleanCast(tokens: readonly SqlToken[]): readonly SqlToken[] | undefined {
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
  const number = bare.length === 2 && /^[-+]$/.test(token?.text ?? '') ? bare[1] : bare.length === 1 ? token : undefined;
  if (number?.kind !== 'number') return bare;
  return [{ ...number, kind: 'word', value: Number(number.text) === 0 ? 'false' : 'true' }];
}
