/** The tokens at which splitting goes wrong, and the variables psql is given beside them. */
export const variables: Readonly<Record<string, string>> = {
  v: "a'b",
  w: ':w;x',
  s: ';',
  q: "'",
  c: 'create function f() begin',
  b: 'x\\g',
  n: "'a'\n'b';",
  e: '',
  é: 'ü"\\',
};

const tokens: readonly string[] = [
  ...[
    'select 1',
    ';',
    ';',
    "'",
    "''",
    '"',
    '""',
    '$$',
    '$a$',
    '$b$',
    '$é$',
    '$1',
    '$1a',
    '--',
    '/*',
    '*/',
    '**/',
    '/',
    '*',
    '\n',
    '\n',
    '\n',
  ],
  ...[
    '\\;',
    '\\:',
    '(',
    ')',
    'begin atomic',
    'end',
    'begin',
    'create function f()',
    'create or replace procedure p()',
    'case',
    'or',
    'replace',
  ],
  ...[
    "E'\\'",
    "e'",
    "U&'",
    'u&"',
    "B'01'",
    "x'",
    "N'",
    "n'a'",
    'u&',
    'xy',
    'a$$',
    'é$$',
    '1a$$',
    '0x1$$',
    '1.',
    '..',
    '1e',
    '1e+',
    '.5',
    ' ',
    ' ',
    '\t',
    '\r',
    '\f',
    '\v',
  ],
  ...[
    ':v',
    ":'v'",
    ':"v"',
    ':{?v}',
    ':{?nope}',
    ':nope',
    ":'nope'",
    ':w',
    ':s',
    ':q',
    ':c',
    ':b',
    ':n',
    ':e',
    ':é',
    ":'é'",
    '::',
    ':=',
    ':',
    ':{',
    ":'v",
    ':"v',
    ':{?v',
  ],
  ...['+', '-', '@-', '=-', '|/*', '<--', '!=', '#', '~', '`', '\\', 'é', '日本', '😀', '[', ']', ',', '{', '}', '\\\\'],
  ...[
    '\\g\n',
    '\\p\n',
    '\\r\n',
    '\\if false\n',
    '\\if true\n',
    '\\elif true\n',
    '\\else\n',
    '\\endif\n',
    '\\endif ',
    '\\else ',
    '\\if ',
    '\\echo ',
  ],
  ...[
    '\\set v x\n',
    "\\set s 'a;b' c\n",
    '\\set q ":v" \n',
    "\\set v '\\n\\x41\\102\\q'''\n",
    '\\set w :s:q\n',
    "\\set w :'v' ",
    '\\unset v\n',
    '\\set ',
    '\\x41 ',
    '\\\\ select 2;',
  ],
];

/** A generator of 32-bit numbers that a seed determines (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** A script of up to 24 tokens. */
export function randomScript(next: () => number): string {
  let script = '';
  for (let left = 1 + (next() % 24); left > 0; left--) script += tokens[next() % tokens.length] ?? '';
  return script;
}
