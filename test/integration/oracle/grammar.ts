/** The variables every script starts with. */
export const variables: Readonly<Record<string, string>> = {
  v: "a'b",
  w: ':w;x',
  s: ';',
  q: "'",
  c: 'create function f() begin',
  b: 'x\\p',
  n: "'a'\n'b';",
  e: '',
  é: 'ü"\\',
  l: ':m',
  m: ':l :v',
  d: '$a$ ;',
  k: '/* ;',
  t: 'a b',
};

/** A byte as lossless text has it (text/lossless.ts): alone it is no UTF-8. */
const byte = (value: number): string => String.fromCharCode(0xdc00 + value);

const sqlTokens: readonly string[] = [
  ...[
    'select 1',
    'select 1',
    ';',
    ';',
    ';',
    "'",
    "'",
    "''",
    '"',
    '""',
    '\n',
    '\n',
    '\n',
    '\n',
    ' ',
    ' ',
    ' ',
    '\t',
    '\r',
    '\f',
    '\v',
    '\r\n',
  ],
  ...['$$', '$$', '$a$', '$a$', '$b$', '$é$', '$1', '$1a', '$_$', '$a', '$'],
  ...['--', '-- x;\n', '/*', '/*', '*/', '*/', '**/', '/', '*', '/*/', '/**/'],
  ...['\\;', '\\;', '\\:', '(', '(', ')', ')'],
  ...[
    'begin atomic',
    'end',
    'begin',
    'create function f()',
    'create or replace procedure p()',
    'case',
    'or',
    'replace',
    'CREATE\nFUNCTION ',
    'x.end',
  ],
  ...["E'\\'", "e'", "U&'", 'u&"', "B'01'", "x'", "N'", "n'a'", 'u&', "'\n'", "E'a'\n'\\'", "' --x\n '"],
  ...['xy', 'a$$', 'é$$', '1a$$', '0x1$$', '1.', '..', '1e', '1e+', '.5', '1..2', '1_0'],
  ...[
    ':v',
    ":'v'",
    ':"v"',
    ':{?v}',
    ':{?nope}',
    ':nope',
    ":'nope'",
    ':"nope"',
    ':w',
    ':s',
    ':q',
    ':c',
    ':b',
    ':n',
    ':e',
    ':é',
    ":'é'",
    ':"é"',
    ':l',
    ':m',
    ':d',
    ':k',
  ],
  ...['::', ':=', ':', ':{', ":'v", ':"v', ':{?v', ':v:v', 'a[1:t]', ':{v}', ':{?}'],
  ...['+', '-', '@-', '=-', '|/*', '<--', '!=', '#', '~', '`', '\\', 'é', '日本', '😀', '[', ']', ',', '{', '}', '\\\\', '?', '%'],
  ...['\0', byte(0xff), byte(0xc3), `${byte(0xe6)}${byte(0x97)}`, '\ufeff', '\u0301', '\u200b', '\u0001'],
  ...['select boom', 'boom', 'rows', 'onerow', 'cross', 'hint;', 'chime', 'conform off;', 'conform on;', 'copyout;\n', 'begin;', 'commit;'],
  ...['copyin;\na\tb\n\\.\n', 'copyin;\n', 'copyin\n', '\\.\n', '\\.\r\n'],
];

/** Arguments and their parts: quotes, escapes, variables. */
const argumentTokens: readonly string[] = [
  ...["'", "'", "''", '"', '""', 'echo', ' ', ' ', '\t', ';', ';;', 'a', 'zz', 'é', '日', '|', '-n', ':', '::', ':{', '='],
  ...[
    ':t',
    ":'t'",
    ':"t"',
    ':{?t}',
    ':{?nope}',
    ':nope',
    ":'nope'",
    ":'v'",
    ':"v"',
    ':n',
    ":'n'",
    ':e',
    ':s',
    ":'é'",
    ":'t",
    ':"t',
    ':{?t',
    ':l',
  ],
  ...["'a\\tb'", "'\\n'", "'\\x4'", "'\\x4142'", "'\\1018'", "'\\303\\251'", "'\\''", "'\\\\'", "'\\q\\é'", "'\\000x'", "'\\777'", '"\\"'],
  ...["' '", '(', ')', ',', '\\', '\\\\', byte(0xff), '\0'],
];

/** Arguments and their parts that have a shell run: more seldom, because processes take most of the time. */
const shellTokens: readonly string[] = [
  ...['`', '`echo ', '`echo a;`', "`echo ':v'`", "`echo :'v'`", "`echo :'n'`", '`echo :t :"t"`', "`printf '\\n\\n'`", '`false`'],
];

/** What stands before arguments. */
const commands: readonly string[] = [
  ...[
    'echo',
    'echo',
    'echo',
    'echo',
    'qecho',
    'warn',
    'set v',
    'set s',
    'set l',
    'set',
    'unset',
    'unset v',
    'if',
    'elif',
    'pset',
    'C',
    'f',
    'x',
    't',
  ],
  ...['bogus', 'copy', 'p', 'r', 'a', 'errverbose', 'gset', 'else', 'endif', 'getenv v', 'getenv', 'crosstabview', 'gdesc', '! echo'],
];

const wholeCommands: readonly string[] = [
  ...[
    '\\g\n',
    '\\g ',
    '\\gx\n',
    '\\p\n',
    '\\r\n',
    '\\if false\n',
    '\\if true\n',
    '\\elif true\n',
    '\\elif :v\n',
    '\\else\n',
    '\\else\n',
    '\\endif\n',
    '\\endif\n',
  ],
  ...[
    '\\endif ',
    '\\else ',
    '\\if ',
    '\\if :{?v} ',
    '\\if :e\n',
    '\\if `echo tru`\n',
    '\\if false \\echo `echo x` \\else ',
    '\\echo ',
    '\\x41 ',
    '\\\\ select 2;',
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
  ],
  ...[
    '\\gset\n',
    '\\gset p_\n',
    'select onerow \\gset\n:a :b',
    '\\gexec\n',
    'rows \\gexec\n',
    'steps \\gexec\n\\echo :ERROR :SQLSTATE :ROW_COUNT :LAST_ERROR_MESSAGE\n',
    '\\gdesc\n',
    'rows \\gdesc\n',
    'select rows;\n',
  ],
  ...[
    'cross \\crosstabview\n',
    '\\crosstabview r c v;\n',
    'rows \\g (format=unaligned tuples_only=on)\n',
    '\\g (null=N border=2) out.txt\n',
    '\\g (bad=1)\n',
    '\\g (title=x',
  ],
  ...['\\g out.txt\n', 'rows \\g |cat\n', '\\o out.txt\n', '\\o\n', '\\w out.txt\n', '\\qecho :v\n', '\\warn :w\n'],
  ...['\\i ../../whole.sql\n', '\\ir ../open.sql\n', '\\i ../../block.sql\n', '\\i nowhere\n', '\\i\n', '\\q\n'],
  ...[
    '\\copy t from stdin\n1\n\\.\n',
    '\\copy copyin from stdin\n1\n\\.\n',
    '\\copy copyin from ../../whole.sql\n',
    '\\copy copyout to out.txt\n',
  ],
  ...[
    "\\copy (select ';', copyout) to stdout csv;\n",
    '\\copy copyout to pstdout\n',
    "\\copy boom to 'out.txt' (format csv)\n",
    '\\copy a.b (c, "d e") to\n',
  ],
  ...[
    '\\errverbose\n',
    '\\p \\g\n',
    '\\set ECHO all\n',
    '\\set ECHO queries\n',
    '\\set ECHO errors\n',
    '\\set SINGLELINE on\n',
    '\\set SINGLESTEP on\n',
    '\\set QUIET off\n',
  ],
  ...[
    '\\set AUTOCOMMIT off\n',
    '\\set ON_ERROR_ROLLBACK on\n',
    '\\set VERBOSITY verbose\n',
    '\\set VERBOSITY terse\n',
    '\\set SHOW_CONTEXT always\n',
    '\\set VERBOSITY bad\n',
  ],
  ...[
    '\\set SHOW_ALL_RESULTS off\n',
    '\\x\n',
    '\\t\n',
    '\\a\n',
    '\\pset format csv\n',
    '\\pset format wrapped\n',
    '\\pset null N;\n',
    '\\pset fieldsep\n',
    '\\C :v\n',
  ],
];

/** Numbers that a seed determines. */
type Next = () => number;

const oneOf = (tokens: readonly string[], next: Next): string => tokens[next() % tokens.length] ?? '';

function randomCommand(next: Next): string {
  let text = `\\${oneOf(commands, next)} `;
  for (let left = next() % 8; left > 0; left--) text += oneOf(next() % 50 === 0 ? shellTokens : argumentTokens, next);
  return text + oneOf(['\n', '\n', '\n', ' \\\\', '\\', ''], next);
}

function randomPiece(next: Next): string {
  const choice = next() % 100;
  if (choice < 68) return oneOf(sqlTokens, next);
  return choice < 88 ? oneOf(wholeCommands, next) : randomCommand(next);
}

/** A script of up to 24 pieces, as lossless text: some begin with a byte order mark, in some lines end as in Windows. */
export function randomScript(next: Next): string {
  let script = next() % 40 === 0 ? '\ufeff' : '';
  for (let left = 1 + (next() % 24); left > 0; left--) script += randomPiece(next);
  // A command that there is not, cat\r, has or has not ended by the time it is written to.
  if (next() % 25 === 0 && !script.includes('|')) script = script.replaceAll('\n', '\r\n');
  return reproducible(script);
}

/** Without what says something else each time, and what writes outside the script's folder. */
function reproducible(script: string): string {
  let text = script.replace(/\\g[^\n]*/g, (line) => line.replaceAll('/', '%').replace(/:(['"]?)k/g, ':$1d'));
  // psql loses data with zero bytes, and we need not.
  if (text.includes('copyin')) text = text.replaceAll('\0', '');
  // What a shell leaves running writes at any time; $$ is its process.
  if (/[`|]|\\!/.test(text)) text = text.replaceAll('&', '#').replace(/\$+\$/g, '$');
  // What a command passes on, and what is said of an error behind that, come in any order.
  if (text.includes('|cat')) text = text.replaceAll('boom', 'bloom');
  // psql 15 keeps what \gdesc says of no columns in its buffer while a child writes; from 16 on it does not, nor do we.
  if (text.includes('\\gdesc')) text = text.replaceAll('\\!', '\\echo').replaceAll('|', '+').replaceAll('`', '~');
  return text;
}

/** A generator of 32-bit numbers that a seed determines (mulberry32). */
export function randomNumbers(seed: number): Next {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
