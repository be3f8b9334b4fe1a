import { isWord } from './expression-parts.ts';
import type { SqlToken } from './tokens.ts';

/** Calls that give another value for each row. */
export const volatileFunctions: ReadonlySet<string> = new Set([
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

/** Who runs it, and where: a condition on these is a guard somebody wrote on purpose. */
const gates = new Set([
  'current_user',
  'session_user',
  'user',
  'current_role',
  'current_catalog',
  'current_schema',
  'current_database',
  'current_setting',
  'inet_server_addr',
  'pg_has_role',
  'has_table_privilege',
]);

const expressionWords = new Set(
  `and or not is null true false unknown in between symmetric like ilike similar to any some all array row case when then else end select
  values exists where cast as distinct escape isnull notnull operator collate json scalar object current_date current_time current_timestamp
  localtime localtimestamp`.split(/\s+/),
);

/** Whether no part of a condition can differ from row to row: it names no column and no parameter, and calls nothing volatile. */
export function isConstantCondition(tokens: readonly SqlToken[]): boolean {
  return tokens.every((token, at) => {
    if (token.kind !== 'word' && token.kind !== 'name')
      return /^[[\]]$/.test(token.text) || (token.kind !== 'other' && token.kind !== 'dot');
    const [before, next] = [tokens[at - 1], tokens[at + 1]];
    if (token.kind === 'word' && (gates.has(token.value) || volatileFunctions.has(token.value))) return false;
    // What is read FROM has rows of its own; DISTINCT FROM reads nothing.
    if (isWord(token, 'from')) return isWord(before, 'distinct');
    if (token.kind === 'word' && expressionWords.has(token.value)) return true;
    const isType = before?.text === '::' || isWord(before, 'as') || next?.kind === 'string';
    return isType || next?.kind === 'open';
  });
}
