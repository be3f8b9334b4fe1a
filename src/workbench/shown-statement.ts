const shownLines = 3;
/** UTF-16 units of a line: more would leave no room for what is asked about it. */
const shownLength = 140;

/** The first lines of a statement that is asked about: it may come from a script or another statement's result. */
export function shownStatement(sql: string): readonly string[] {
  const lines = sql.trim().split('\n');
  const shown = lines.slice(0, shownLines).map(cut);
  return lines.length <= shownLines ? shown : [...shown, `… ${lines.length - shownLines} more lines`];
}

function cut(line: string): string {
  return line.length <= shownLength ? line : `${line.slice(0, shownLength).replace(/[\ud800-\udbff]$/, '')} …`;
}
