/** Variables for arguments: blanks, quotes, backslashes and line breaks in their values. */
export const argumentVariables: Readonly<Record<string, string>> = { w: 'a b', q: "a'b\\", n: 'x\ny', e: '', s: ';', é: 'ü' };

const tokens: readonly string[] = [
  ...["'", "'", "''", '"', '""', '`', '`echo ', 'echo', ' ', ' ', '\t', ';', ';;', 'a', 'zz', 'é', '日', '|', '-n', ':', '::', ':{', '='],
  ...[
    ':w',
    ":'w'",
    ':"w"',
    ':{?w}',
    ':{?nope}',
    ':nope',
    ":'nope'",
    ":'q'",
    ':"q"',
    ':n',
    ":'n'",
    ':e',
    ':s',
    ":'é'",
    ":'w",
    ':"w',
    ':{?w',
  ],
  ...["'a\\tb'", "'\\n'", "'\\x4'", "'\\x4142'", "'\\1018'", "'\\303\\251'", "'\\''", "'\\\\'", "'\\q\\é'", "'\\000x'", "'\\777'", '"\\"'],
];

/** Arguments of one command: up to 10 tokens. */
export function randomArguments(next: () => number): string {
  let text = '';
  for (let left = 1 + (next() % 10); left > 0; left--) text += tokens[next() % tokens.length] ?? '';
  return text;
}
