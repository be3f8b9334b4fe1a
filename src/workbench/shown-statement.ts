const shownLines = 3;

/** The first lines of a statement that is asked about: it may come from a script or another statement's result. */
export function shownStatement(sql: string): readonly string[] {
  const lines = sql.trim().split('\n');
  return lines.length <= shownLines ? lines : [...lines.slice(0, shownLines), `… ${lines.length - shownLines} more lines`];
}
