import { sqlTokens } from '../guard/tokens.ts';
import type { DmlShape, Span } from './dml-shape.ts';

/**
 * The names of what may be functions in the parts of an UPDATE that say which rows it is about: its WITH, FROM and WHERE. Key words before
 * a parenthesis are among them; there is no function of their name.
 */
export function calledNames(sql: string, { with: commonTables, from, where }: DmlShape, standardStrings = true): readonly string[] {
  const spans = [commonTables, from, where].filter((span): span is Span => span !== undefined);
  const names = spans.flatMap(({ start, end }) => {
    const tokens = sqlTokens(sql.slice(start, end), standardStrings);
    return tokens.flatMap((token, at) => {
      const isCalled = (token.kind === 'word' || token.kind === 'name') && tokens[at + 1]?.kind === 'open';
      return isCalled ? [token.value] : [];
    });
  });
  return [...new Set(names)];
}
