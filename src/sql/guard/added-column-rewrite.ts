import type { AddedColumn } from './column-change.ts';
import type { RewriteVerdict } from './ddl-fact.ts';
import { isNull } from './expression-parts.ts';
import type { SqlToken } from './tokens.ts';

/** A function that a default calls by this name; `schema` is '' where none is typed. */
export interface CalledFunction {
  readonly schema: string;
  readonly name: string;
}

/** What the functions of a called name are: of several, by the types of their arguments, not all need be the same. */
export interface CalledVolatility {
  readonly isEverVolatile: boolean;
  /** All of them are, and the planner cannot see through them. */
  readonly isAlwaysVolatile: boolean;
}

/** What the catalog says of a column that is added. */
export interface AddedColumnFacts {
  readonly relationKind: string;
  readonly exists: boolean;
  /** The type's name means one. */
  readonly isKnown: boolean;
  readonly isDomain: boolean;
  readonly isConstrained: boolean;
  /** The type's own default, as text. */
  readonly typeDefault: string | undefined;
  /** An operator of the statement, or any cast of the database, has a volatile function. */
  readonly hasVolatileHelper: boolean;
  /** One for each name the default calls. */
  readonly called: readonly CalledVolatility[];
}

const quick = 'Everybody waits, readers too, but only for a moment unless the lock itself has to be waited for.';

function unwritten(why: string): RewriteVerdict {
  return { rewrites: 'no', why };
}

function written(why: string): RewriteVerdict {
  return { rewrites: 'yes', why };
}

/**
 * Whether ADD COLUMN writes the table anew, as ATExecAddColumn (tablecmds.c) decides it: where every row needs its own value or the value
 * must be checked by a domain. Undefined: the text alone says it. `version` as 180000.
 */
export function addedColumnRewrite(added: AddedColumn, facts: AddedColumnFacts, version: number): RewriteVerdict | undefined {
  if (added.mayExist && facts.exists) return unwritten('There is a column of that name already, so nothing is done.');
  if (facts.relationKind === 'f') return unwritten('The rows of a foreign table are kept elsewhere.');
  if (added.computed !== undefined || !facts.isKnown) return undefined;
  if (facts.isConstrained)
    return written('The value of the new column is checked by the constraints of its domain, so the table is written anew.');
  const given = added.default;
  const hasDefault = given === undefined ? facts.typeDefault !== undefined : !isNull(given) || facts.isDomain;
  if (!hasDefault) return unwritten(quick);
  if (version < 110000) return written('Before PostgreSQL 11 a column with a default is written into every row.');
  switch (volatility(given, facts)) {
    case 'no':
      return unwritten(`${quick} The default is computed once and kept for all old rows.`);
    case 'yes':
      return written('The default calls a volatile function, so every row gets its own value and the table is written anew.');
    case 'depends':
      return {
        rewrites: 'depends',
        why: 'Where the default turns out to be volatile, every row gets its own value and the table is written anew.',
      };
  }
}

/** contain_volatile_functions. */
function volatility(given: readonly SqlToken[] | undefined, facts: AddedColumnFacts): RewriteVerdict['rewrites'] {
  const { called, hasVolatileHelper, typeDefault = '' } = facts;
  if (hasVolatileHelper) return 'depends';
  // What a domain's own default calls has not been looked up.
  if (given === undefined) return typeDefault.includes('(') ? 'depends' : 'no';
  if (!called.some(({ isEverVolatile }) => isEverVolatile)) return 'no';
  return called.some(({ isAlwaysVolatile }) => isAlwaysVolatile) && !given.some(leavesOut) ? 'yes' : 'depends';
}

/** The planner takes away what these make needless, calls with it. */
function leavesOut({ kind, value }: SqlToken): boolean {
  return kind === 'word' && /^(?:coalesce|case|null|nullif|and|or)$/.test(value);
}

/** What may be calls in an expression; a key word before a parenthesis is among them, and no function has its name. */
export function calledFunctions(tokens: readonly SqlToken[]): readonly CalledFunction[] {
  return tokens.flatMap((token, at) => {
    // (x).f is f(x).
    const isOfRow = tokens[at - 1]?.kind === 'dot' && tokens[at - 2]?.kind === 'close';
    const isCalled = (token.kind === 'word' || token.kind === 'name') && (isOfRow || tokens[at + 1]?.kind === 'open');
    const schema = tokens[at - 1]?.kind === 'dot' && !isOfRow ? (tokens[at - 2]?.value ?? '') : '';
    return isCalled ? [{ schema, name: token.value }] : [];
  });
}
