import type { ObjectName } from './token-reader.ts';
import type { SqlToken } from './tokens.ts';

/** A function or procedure of the user's own, as the catalog describes it. */
export interface Routine {
  /** Of pg_language, such as 'sql' or 'plpgsql'. */
  readonly language: string;
  /** Its text: statements, a block, or BEGIN ATOMIC … END; undefined where it is not there to be read. */
  readonly body: string | undefined;
  /** What is STABLE or IMMUTABLE may not write, which the server sees to. */
  readonly isVolatile: boolean;
  /** How many arguments a call of it may have: mostArguments is Infinity where it is VARIADIC. */
  readonly leastArguments: number;
  readonly mostArguments: number;
}

/** A call of a function or procedure. */
export interface RoutineCall {
  readonly target: ObjectName;
  /** What is in its parentheses. */
  readonly inside: readonly SqlToken[];
  /** All of it. */
  readonly tokens: readonly SqlToken[];
}
