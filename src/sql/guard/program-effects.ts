import { dynamicTexts } from './dynamic-text.ts';
import type { EffectCollector } from './effect-collector.ts';
import { isTooDeep } from './expression-parts.ts';
import { addFunctionEffects } from './function-effects.ts';
import { addQueryEffects } from './query-effects.ts';
import { TokenReader } from './token-reader.ts';
import { type SqlToken, sqlTokens, tokenizedStatements } from './tokens.ts';

/** COPY. */
export function addCopy(statement: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(statement, 1);
  reader.accept('binary');
  const query = reader.group();
  if (query !== undefined) found.within('copy', () => addQueryEffects(query, found));
  const target = query === undefined ? reader.name() : undefined;
  const way = reader.skipTo('from', 'to');
  reader.at++;
  const isProgram = reader.accept('program');
  // In dynamic SQL the name of a file may be put in at run time.
  const argument = ['stdin', 'stdout'].includes(reader.word()) ? undefined : reader.peek()?.value;
  const medium = isProgram ? 'program' : argument === undefined ? undefined : 'file';
  const direction = way === 'to' ? (`to-${medium ?? 'stdout'}` as const) : (`from-${medium ?? 'stdin'}` as const);
  found.add(
    { kind: 'copy', direction, ...(target === undefined ? {} : { target }), ...(argument === undefined ? {} : { argument }) },
    statement,
  );
  reader.skipTo('where');
  addFunctionEffects(reader.rest(), found);
}

/** DO: what the text of its body shows; it is known where the language is PL/pgSQL and nothing in it is put together at run time. */
export function addDo(statement: readonly SqlToken[], found: EffectCollector): void {
  const at = statement.findIndex((token) => token.value === 'language');
  const language = at < 0 ? 'plpgsql' : (statement[at + 1]?.value.toLowerCase() ?? '');
  const body = statement.find((token, index) => token.kind === 'string' && (at < 0 || index !== at + 1));
  if (body === undefined || language !== 'plpgsql') {
    found.add({ kind: 'do', isKnown: false }, statement);
    return;
  }
  let isKnown = true;
  found.elsewhere('do', statement, () => {
    isKnown = addBlock(sqlTokens(body.value, found.standardStrings), found);
  });
  found.add({ kind: 'do', isKnown }, statement);
}

const startsStatement = new Set(['begin', 'then', 'else', 'loop']);

/** Adds what a PL/pgSQL block does; false where it runs SQL that its text does not show. */
export function addBlock(tokens: readonly SqlToken[], found: EffectCollector): boolean {
  if (isTooDeep(tokens)) return false;
  let isKnown = true;
  let isStart = true;
  let cases = 0;
  const rest: SqlToken[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    const query = isStart || token.kind !== 'word' ? undefined : embeddedQuery(tokens, at);
    const from = query ?? at;
    if (token.kind === 'word' && (query !== undefined || (isStart && isVerb(tokens, at)))) {
      const end = statementEnd(tokens, from, query !== undefined && token.value === 'in');
      const isDynamic = tokens[from]?.value === 'execute';
      if (isDynamic) isKnown = addDynamic(tokens.slice(from, end), found) && isKnown;
      else found.read(asSql(tokens.slice(from, end)));
      at = end - 1;
      isStart = false;
      continue;
    }
    rest.push(token);
    cases = casesAfter(token, isStart, cases);
    isStart =
      token.kind === 'semicolon' || (token.kind === 'word' && cases === 0 && startsStatement.has(token.value)) || token.text === '>>';
  }
  addFunctionEffects(rest, found);
  return isKnown;
}

const sqlVerbs = new Set(
  `select perform insert update delete merge with truncate drop alter create grant revoke copy execute refresh vacuum analyze cluster reindex lock comment
  explain reassign do call prepare load checkpoint analyse import security set reset commit rollback notify`.split(/\s+/),
);

/** In how many CASE expressions what follows stands: their THEN and ELSE start no statement, as those of the statement CASE do. */
function casesAfter(token: SqlToken, isStart: boolean, cases: number): number {
  if (token.kind === 'semicolon') return 0;
  if (token.kind !== 'word') return cases;
  if (token.value === 'case' && !isStart) return cases + 1;
  return token.value === 'end' ? Math.max(0, cases - 1) : cases;
}

/** A variable may have the name of a command: what is assigned to starts none. */
function isVerb(tokens: readonly SqlToken[], at: number): boolean {
  return sqlVerbs.has(tokens[at]?.value ?? '') && ![':', ':=', '=', '[', '.'].includes(tokens[at + 1]?.text ?? '');
}

/** FOR … IN query, RETURN QUERY query, OPEN c FOR query: where the query starts. */
function embeddedQuery(tokens: readonly SqlToken[], at: number): number | undefined {
  const word = tokens[at]?.value;
  if (word !== 'in' && word !== 'query' && word !== 'for') return undefined;
  const next = tokens[at + 1];
  if (word === 'for' && next?.value === 'update') return undefined;
  return next?.kind === 'word' && /^(?:select|with|insert|update|delete|merge|execute|explain)$/.test(next.value) ? at + 1 : undefined;
}

function statementEnd(tokens: readonly SqlToken[], start: number, isLoop: boolean): number {
  const reader = new TokenReader(tokens, start);
  for (; !reader.isDone; reader.skip()) {
    if (reader.peek()?.kind === 'semicolon' || (isLoop && reader.word() === 'loop')) break;
  }
  return reader.at;
}

/** As plain SQL: PERFORM is SELECT, and SELECT … INTO fills a variable, no table. */
function asSql(statement: readonly SqlToken[]): readonly SqlToken[] {
  const [first, ...others] = statement;
  if (first?.value === 'perform') return [{ ...first, value: 'select' }, ...others];
  const reader = new TokenReader(statement);
  if (first?.value !== 'select' || reader.skipTo('into') === undefined) return statement;
  const into = reader.at++;
  reader.accept('strict');
  reader.names();
  return [...statement.slice(0, into), ...statement.slice(reader.at)];
}

/** EXECUTE in PL/pgSQL: what the texts do that it may run; false where what is put in can make it do something else. */
function addDynamic(statement: readonly SqlToken[], found: EffectCollector): boolean {
  const reader = new TokenReader(statement, 1);
  reader.skipTo('using', 'into');
  const expression = statement.slice(1, reader.at);
  const texts = dynamicTexts(expression);
  // Where it starts with something unknown, such as a query or replace() that makes the text, the literals tell at least something.
  const told = texts.filter(({ text }) => !text.startsWith('…')).map(({ text }) => text);
  const inner = (told.length > 0 ? told : [literalsOf(expression)]).flatMap((text) => tokenizedStatements(text, found.standardStrings));
  const isRead = inner.map((one) => one[0]?.value === '…' || found.read(one)).every((isOne) => isOne);
  addFunctionEffects(statement.slice(1), found);
  return isRead && texts.every(({ isKnown }) => isKnown);
}

function literalsOf(expression: readonly SqlToken[]): string {
  const literals = expression.filter((token) => token.kind === 'string').map((token) => token.value);
  return literals.some((text) => sqlVerbs.has(/\w+/.exec(text)?.[0].toLowerCase() ?? '')) ? `${literals.join(' … ')} …` : '';
}
