import { formatIdentifier, quoteLiteral } from '../quote.ts';
import { caseParts, commaParts, isWord, unwrappedFully } from './expression-parts.ts';
import { type ObjectName, TokenReader } from './token-reader.ts';
import type { SqlToken } from './tokens.ts';

/** A text that is put together at run time: what is put in stands in it as `…` and the expression it comes from. */
export interface DynamicText {
  readonly text: string;
  /** Nothing that is put in can change what the text does: it is quoted, or written out. */
  readonly isKnown: boolean;
}

/** Whether a name is only known when it runs. */
export function isPutTogether(name: ObjectName): boolean {
  return name.typed.includes('…');
}

/** More branches than these are not told apart. */
const mostChoices = 16;

/** The texts that an expression may have: more than one where CASE or COALESCE chooses. */
export function dynamicTexts(expression: readonly SqlToken[]): readonly DynamicText[] {
  const tokens = unwrappedFully(expression);
  const operands = splitAtConcatenation(tokens);
  if (operands.length > 1) return joined(operands.map(dynamicTexts), '');
  const [first] = tokens;
  if (tokens.length === 1 && (first?.kind === 'string' || first?.kind === 'number')) return [{ text: first.value, isKnown: true }];
  if (isWord(first, 'case') && isWord(tokens.at(-1), 'end')) {
    const { branches, otherwise } = caseParts(tokens.slice(1, -1));
    return [...branches.map(({ result }) => result), otherwise].filter((part) => part.length > 0).flatMap(dynamicTexts);
  }
  return textsOfCall(tokens) ?? [{ text: placeholder(tokens), isKnown: isRegclass(tokens) }];
}

function textsOfCall(tokens: readonly SqlToken[]): readonly DynamicText[] | undefined {
  const reader = new TokenReader(tokens);
  const name = reader.name()?.parts.at(-1);
  const inside = reader.group();
  if (inside === undefined || !reader.isDone) return undefined;
  const [first = [], ...others] = commaParts(inside);
  switch (name) {
    case 'format':
      return formatted(first, others);
    case 'concat':
      return joined([first, ...others].map(dynamicTexts), '');
    case 'concat_ws':
      return first[0]?.kind === 'string' ? joined(others.map(dynamicTexts), first[0].value) : undefined;
    case 'coalesce':
      return [first, ...others].flatMap(dynamicTexts);
    case 'quote_ident':
      return [{ text: inserted(dynamicTexts(first), 'I'), isKnown: true }];
    case 'quote_literal':
    case 'quote_nullable':
      return [{ text: inserted(dynamicTexts(first), 'L'), isKnown: true }];
    default:
      return undefined;
  }
}

function formatted(pattern: readonly SqlToken[], others: readonly (readonly SqlToken[])[]): readonly DynamicText[] | undefined {
  const patterns = dynamicTexts(pattern);
  if (patterns.some(({ isKnown }) => !isKnown)) return undefined;
  const values = others.map(dynamicTexts);
  return patterns.map(({ text }) => {
    let next = 0;
    let isKnown = true;
    const filled = text.replace(/%(?:(\d+)\$)?-?(\d+|\*(?:\d+\$)?)?([IsL%])/g, (_, position?: string, width?: string, type?: string) => {
      if (type === '%') return '%';
      if (width === '*') next++;
      if (position !== undefined) next = Number(position) - 1;
      const value = values[next++] ?? [];
      if (type === 's') isKnown &&= value.length > 0 && value.every((choice) => choice.isKnown);
      return inserted(value, type);
    });
    return { text: filled, isKnown };
  });
}

/** What stands in a text for an argument of format(): unknown ones and names in their place, the rest quoted as it says. */
function inserted([value]: readonly DynamicText[], type: string | undefined): string {
  if (value === undefined) return '…';
  if (type === 's' || value.text.startsWith('…')) return value.text;
  return type === 'I' ? formatIdentifier(value.text) : quoteLiteral(value.text).trimStart();
}

/** Its text is that of a name, quoted where it has to be. */
function isRegclass(tokens: readonly SqlToken[]): boolean {
  return isWord(tokens.at(-1), 'regclass') && tokens.at(-2)?.text === '::';
}

/** The same for the same expression, and one word of SQL. */
function placeholder(tokens: readonly SqlToken[]): string {
  const source = tokens.map((token) => token.text).join('_');
  return `…${
    source
      .match(/[\p{L}\p{N}]+/gu)
      ?.join('_')
      .slice(0, 40) ?? ''
  }`;
}

function splitAtConcatenation(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  const operands: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'open' || token.text === '[' || isWord(token, 'case')) depth++;
    if (token.kind === 'close' || token.text === ']' || isWord(token, 'end')) depth--;
    if (depth === 0 && token.kind === 'operator' && token.text === '||') operands.push([]);
    else operands.at(-1)?.push(token);
  }
  return operands;
}

function joined(parts: readonly (readonly DynamicText[])[], separator: string): readonly DynamicText[] {
  const [first = [{ text: '', isKnown: true }], ...others] = parts;
  return others.reduce(
    (heads, tails) =>
      heads
        .flatMap((head) => tails.map((tail) => ({ text: `${head.text}${separator}${tail.text}`, isKnown: head.isKnown && tail.isKnown })))
        .slice(0, mostChoices),
    first,
  );
}
