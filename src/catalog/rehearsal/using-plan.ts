import { isColumnBelowCasts, serverText, type TypeChange } from '../../sql/guard/column-change.ts';
import { type SqlToken, sqlTokens } from '../../sql/guard/tokens.ts';

/** The plan that shows what is left of USING, cast to the new type, when the planner has simplified it; nothing of it runs. */
export function usingPlanQuery(table: string, { newType }: TypeChange, using: readonly SqlToken[]): string {
  return `EXPLAIN (VERBOSE, COSTS OFF) SELECT CAST((${serverText(using)}) AS ${serverText(newType)}) FROM ${table}`;
}

/** Whether that is more than the column and casts: then it is a new value. A cast need not be seen, so without more it may be either. */
export function isMoreThanColumn(plan: readonly (readonly (string | null)[])[], column: string): boolean {
  const output = plan.map(([line]) => /^\s*Output: (.*)$/s.exec(line ?? '')?.[1]).find((found) => found !== undefined);
  return output !== undefined && !isColumnBelowCasts(sqlTokens(output), column);
}
