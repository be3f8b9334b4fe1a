import type { EffectCollector } from './effect-collector.ts';
import { commaParts, topLevel } from './expression-parts.ts';
import { addBlock } from './program-effects.ts';
import type { Routine, RoutineCall } from './routine.ts';
import { type SqlToken, sqlTokens, tokenizedStatements } from './tokens.ts';

/** Adds what a routine of the user's own does, as its body tells; whether the body tells all of it. undefined: nothing is known of it. */
export function addRoutine({ target, inside, tokens }: RoutineCall, found: EffectCollector): boolean | undefined {
  const overloads = found.routines(target);
  if (overloads === undefined) return undefined;
  const count = argumentCount(inside);
  let isKnown = true;
  for (const routine of overloads) {
    if (count < routine.leastArguments || count > routine.mostArguments) continue;
    // What was read once has added all it does.
    if (!found.enter(routine)) continue;
    found.elsewhere(`${target.normalized}()`, tokens, () => {
      const isRead = addBody(routine, found);
      isKnown &&= isRead || !routine.isVolatile;
    });
  }
  return isKnown;
}

/** Which of several routines of one name the server takes is told by the number of arguments alone: their types are not known here. */
function argumentCount(inside: readonly SqlToken[]): number {
  const order = topLevel(inside, (token) => token.kind === 'word' && token.value === 'order');
  const given = order < 0 ? inside : inside.slice(0, order);
  return given.length === 0 || (given.length === 1 && given[0]?.text === '*') ? 0 : commaParts(given).length;
}

function addBody(routine: Routine, found: EffectCollector): boolean {
  const { language, body } = routine;
  if (body === undefined || (language !== 'plpgsql' && language !== 'sql')) return false;
  const parts =
    read.get(routine) ?? (language === 'sql' ? sqlStatements(body, found.standardStrings) : [sqlTokens(body, found.standardStrings)]);
  read.set(routine, parts);
  if (language === 'plpgsql') return addBlock(parts.flat(), found);
  return parts.map((statement) => found.read(statement)).every((isRead) => isRead);
}

/** The tokens of bodies: with each routine that is found in one of them, all are read again. */
const read = new WeakMap<Routine, readonly (readonly SqlToken[])[]>();

/** Of BEGIN ATOMIC … END, RETURN expression, or statements one after the other. */
function sqlStatements(body: string, standardStrings: boolean): readonly (readonly SqlToken[])[] {
  const tokens = sqlTokens(body, standardStrings);
  const [first, second] = tokens;
  if (first?.value === 'begin' && second?.value === 'atomic') {
    const statements = tokenizedStatements(body.slice(second.end, tokens.at(-1)?.start), standardStrings);
    return statements.map(returned);
  }
  return tokenizedStatements(body, standardStrings).map(returned);
}

function returned(statement: readonly SqlToken[]): readonly SqlToken[] {
  const [first, ...others] = statement;
  return first?.value === 'return' ? [{ ...first, value: 'select' }, ...others] : statement;
}
