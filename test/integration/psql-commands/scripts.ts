/** A run of psql: a script on standard input, after the options. */
export interface PsqlRun {
  readonly name: string;
  readonly args?: readonly string[];
  readonly script?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Before a server of another version it prints something else. */
  readonly isOf15?: true;
}

const pivot = "select * from (values ('a','x',1,2),('a','y',2,1),('b','x',3,2),(null,'y',4,1)) t(r,c,v,s)";

// Each command but the \d family, whose tests are apart. The files named here are made for the run: see setup.
export const runs: readonly PsqlRun[] = [
  {
    name: '\\a \\t \\x \\H',
    script: '\\a\nselect 1 a;\n\\a\n\\t\nselect 1 a;\n\\t\n\\x\nselect 1 a;\n\\x\n\\H\nselect 1 a;\n\\t maybe\n\\x maybe\n',
  },
  {
    name: '\\C \\f \\T \\pset',
    script:
      "\\C title\nselect 1 a;\n\\C\n\\f ';'\n\\T 'a=b'\n\\pset format l\n\\pset format a\n\\pset nope\n\\pset border x\n\\pset border\n",
  },
  { name: '\\c', script: '\\c template1\n\\c -reuse-previous=maybe x\n\\c - - - -\nselect current_database();\n' },
  { name: '\\c of what is not there', script: '\\c nosuch\nselect 1;\n' },
  {
    name: '\\cd \\! \\getenv \\setenv',
    script:
      '\\! echo shell\n\\cd /nonexistent\n\\setenv GREETING hello\n\\getenv greeting GREETING\n\\echo :greeting\n\\! echo $GREETING\n\\setenv A=B c\n\\setenv\n\\getenv x\n',
  },
  {
    name: '\\copy',
    script:
      "create temp table t (a int, b text);\n\\copy t from stdin\n1\tone\n2\ttwo\n\\.\n\\copy t to stdout\n\\copy (select b from t order by a) to out.txt\n\\! cat out.txt\n\\copy t from nonexistent\n\\copy\n\\copy t\n\\copy t from program 'echo 3,three' csv\nselect * from t;\n",
  },
  { name: '\\copyright \\?', script: '\\copyright\n\\? variables\n' },
  {
    name: '\\crosstabview',
    script: `${pivot} \\crosstabview 1 2 3\n${pivot} \\crosstabview r c v s\n\\pset null -\n${pivot} \\crosstabview 2 1 v\n\\pset expanded on\n${pivot} \\crosstabview 1 2 3\n`,
  },
  {
    name: '\\crosstabview of what does not fit',
    script: `select 1, 2 \\crosstabview\n${pivot} \\crosstabview\n${pivot} \\crosstabview 1 1\n${pivot} \\crosstabview 1 9 3\n${pivot} \\crosstabview 0 2 3\n${pivot} \\crosstabview nope\n${pivot} \\crosstabview "R"\nselect 1 a, 2 a, 3 b \\crosstabview a b\nselect 1, 2, 3 union all select 1, 2, 4 \\crosstabview\nselect 1, g, 2 from generate_series(1, 1601) g \\crosstabview\ncreate temp table q (a int) \\crosstabview\nselect 1/0 \\crosstabview\n`,
  },
  {
    name: '\\echo \\qecho \\warn \\o',
    script:
      "\\echo a  b 'c  d'\n\\echo -n x\n\\echo '-n' y\n\\o out.txt\n\\qecho into the file\nselect 1;\n\\o\n\\warn to stderr\n\\! cat out.txt\n\\o /nonexistent/x\n\\o |tr a-z A-Z\nselect 'piped';\n\\o\n",
  },
  {
    name: '\\e \\ef \\ev',
    script: 'select 1\n\\e\n;\nselect 5;\n\\ef nosuch\n\\ev nosuch\n\\ef x 0\n\\e x 0\n\\ev\n\\r\n',
    environment: { EDITOR: './editor' },
  },
  {
    name: '\\ef and an editor that saves nothing',
    script: 'create function f() returns int language sql as $$ select 7 $$;\n\\ef f\n\\p\n\\r\n',
    environment: { EDITOR: 'true' },
  },
  { name: '\\encoding', script: "\\encoding\n\\encoding latin1\n\\encoding\nselect E'\\u00e4' as a;\n\\encoding nope\n\\encoding utf8\n" },
  {
    name: '\\errverbose',
    script: "\\errverbose\nselect nope;\n\\errverbose\ndo $$ begin raise warning 'w' using hint = 'h'; end $$;\n\\errverbose\n",
  },
  {
    name: '\\g',
    script:
      "select 1 a \\g\n\\g\nselect 2 b \\g out.txt\n\\! cat out.txt\nselect 3 c \\g |cat\nselect 4 d \\g (format=csv) \nselect 5 e \\g (title='a b' border=2)\nselect 6 \\g (nope=1)\nselect 7 \\g (format=csv\nselect 8 \\gx (null=x)\nselect 9 \\g /nonexistent/x\n",
  },
  { name: '\\gdesc', script: "select 1 a, 'x'::varchar(3) b \\gdesc\ncreate temp table g (a int) \\gdesc\nselect nope \\gdesc\n\\gdesc\n" },
  {
    name: '\\gexec \\gset',
    script:
      "select 'select 1 as one', null, 'select 1/0', 'select 2 as two' \\gexec\nselect 1 a, null b \\gset p_\n\\echo :p_a :p_b\nselect 1 where false \\gset\nselect generate_series(1,2) \\gset\nselect 1 as \"AUTOCOMMIT\" \\gset\nselect 1 as \"bad name\" \\gset\n",
  },
  {
    name: '\\gexec around what it runs',
    script:
      "select 'select 1 union all select 2', 'begin', 'rollback' \\gexec\n\\echo :ERROR :ROW_COUNT\ncreate temp table made (sql text);\ninsert into made values ('select 3') returning * \\gexec\n\\echo :ROW_COUNT\n\\set ECHO errors\nselect 'select 1/0' \\gexec\n\\echo :ERROR\n",
  },
  { name: '\\h', script: '\\h nosuch\n' },
  { name: '\\i \\ir', script: '\\i included.sql\n\\ir included.sql\n\\i nonexistent\n\\i\n' },
  {
    name: '\\if',
    script:
      '\\if yes\n\\echo 1\n\\elif true\n\\echo 2\n\\else\n\\echo 3\n\\endif\n\\if maybe\n\\echo 4\n\\else\n\\echo 5\n\\endif\n\\endif\n\\elif\n\\else\n\\if false\n\\bogus\nselect 1;\n\\endif\n\\if true\n',
  },
  {
    name: '\\lo_*',
    script:
      "\\lo_import included.sql 'a comment'\n\\lo_export :LASTOID copy.sql\n\\! cmp included.sql copy.sql && echo equal\n\\lo_unlink :LASTOID\n\\lo_unlink 1\n\\lo_export 1 x\n\\lo_import nonexistent\n\\lo_import\n\\lo_export 1\n\\lo_list\nbegin;\nselect 1/0;\n\\lo_unlink 1\n",
  },
  {
    name: '\\p \\r \\w',
    script: '\\p\nselect 1\n\\p\n\\w out.txt\n\\! cat out.txt\n\\r\n\\p\nselect 2;\n\\p\n\\w\n\\w /nonexistent/x\n\\w |cat\n',
  },
  {
    name: 'commands that read no further',
    script:
      "select generate_series(1, 100000) \\g |head -1\n\\o |head -1\ncopy (select generate_series(1, 100000)) to stdout;\nselect 2;\n\\o\n\\copy (select generate_series(1, 100000)) to program 'head -1'\n",
  },
  { name: '\\w into a command that fails', script: '\\set ON_ERROR_STOP on\n\\w |exit 3\n\\echo on\n', isOf15: true },
  { name: '\\q in an included file', args: ['-c', '\\i quits.sql', '-c', '\\echo after'] },
  {
    name: '\\restrict',
    script: '\\restrict key\n\\echo no\n\\unrestrict other\n\\unrestrict key\n\\echo yes\n\\unrestrict key\n\\restrict\n',
  },
  { name: '\\s', script: '\\s\n\\s history.txt\n\\! test -e history.txt || echo none\n' },
  {
    name: '\\set \\unset',
    script:
      "\\set a 1 '2 3'\n\\echo :a :'a' :\"a\" :{?a} :{?b}\n\\unset a\n\\echo :a\n\\set a-b c\n\\set AUTOCOMMIT maybe\n\\set ECHO nope\n\\set FETCH_COUNT x\n\\unset\n",
  },
  {
    name: '\\sf \\sv',
    script:
      'create function plus(a int, b int) returns int language plpgsql as $f$\nbegin\n  return a + b;\nend\n$f$;\ncreate view v with (security_barrier) as select 1 as one with check option;\ncreate view v with (security_barrier) as select 1 as one;\n\\sf plus\n\\sf+ plus(int, int)\n\\sv v\n\\sv+ v\n\\sf nosuch\n\\sf plus(text)\n\\sv nosuch\n\\sv pg_class\n\\sf\n\\sv\n',
  },
  { name: '\\timing', script: '\\timing\n\\timing maybe\n\\timing off\n' },
  { name: '\\watch', script: "select 1/(3 - nextval('countdown')) as left \\watch 0.01\n\\r\n\\watch\n" },
  { name: '\\prompt', script: "\\prompt 'name: ' n\n\\prompt\n", args: ['-f', '-'] },
  {
    name: 'long names',
    script:
      '\\html\nselect 1 a;\n\\html\n\\include included.sql\n\\include_relative included.sql\nselect 2\n\\print\n\\write out.txt\n\\reset\n\\! cat out.txt\n\\out out.txt\nselect 3;\n\\out\n\\! cat out.txt\nselect 4\n\\edit\n;\n\\help nosuch\n\\connect template1\nselect current_database();\n\\quit\n\\echo never\n',
    environment: { EDITOR: './editor' },
  },
  { name: '\\pset without a name', script: '\\pset\n', isOf15: true },
  { name: '\\conninfo', script: '\\conninfo\n\\c template1\n\\conninfo\n\\c nosuch\n\\conninfo\n', isOf15: true },
  { name: '\\list', script: '\\list template1\n', isOf15: true },
  { name: '\\q', script: 'select 1;\n\\q\nselect 2;\n' },
  { name: '-1 with a script on standard input', args: ['-1'], script: 'create table one (i int);\nselect 1/0;\ntable one;\n' },
  {
    name: '-1 with a script that fails',
    args: ['-1', '-v', 'ON_ERROR_STOP=1'],
    script: 'create table one (i int);\nselect 1/0;\n\\echo never\n',
  },
  { name: '-1 of -c and -f', args: ['-1', '-c', 'create table one (i int)', '-f', 'included.sql', '-c', 'select 1/0', '-c', 'table one'] },
  { name: '-E', args: ['-E'], script: '\\dn\n\\sf nosuch\n' },
  { name: '-e -b', args: ['-e', '-b'], script: 'select 1;\nselect\n  nope;\n\\echo x\n' },
  { name: '-l', args: ['-l', '-A', '-t'], isOf15: true },
  {
    name: '\\! and backticks that fail',
    script:
      '\\! exit 3\n\\! howdah_has_no_such_command 2> /dev/null\n\\! kill -TERM $$\n\\echo :SHELL_ERROR `echo text; exit 4` `howdah_has_no_such_command 2> /dev/null`\n\\set\n',
    isOf15: true,
  },
  { name: 'unknown commands', script: '\\bogus\n\\d extra arguments here\n\\pset null a b c\n' },
  {
    name: 'FETCH_COUNT',
    args: ['-v', 'FETCH_COUNT=3'],
    script:
      "select g, repeat('x', g) from generate_series(1, 7) g;\n\\x\nselect g from generate_series(1, 4) g;\n\\x\n\\a\nselect g from generate_series(1, 4) g;\n\\a\nselect 1/(5 - g) from generate_series(1, 7) g;\n\\echo :ERROR :ROW_COUNT\n\\pset format html\nselect 1/(5 - g) from generate_series(1, 7) g;\nselect 1 where false;\nselect 1 as a \\gset\n\\echo :a\n",
  },
  {
    name: 'FETCH_COUNT by a cursor',
    args: ['-v', 'FETCH_COUNT=2', '-P', 'border=2'],
    script:
      "select nope;\nselect g, repeat('x', g) from generate_series(1, 4) g;\ncreate temp table f as select 1 as a;\ninsert into f values (2), (3) returning a;\nselect 4 \\; select 5;\n",
    isOf15: true,
  },
  { name: '-s', args: ['-s'], script: 'select 1;\n\nselect 2;\nx\nselect 3;\n' },
  { name: '-S', args: ['-S'], script: 'select 1\nselect 2; select 3\n' },
  {
    name: 'AUTOCOMMIT off',
    args: ['-v', 'AUTOCOMMIT=off'],
    script: 'create temp table a (x int);\nselect 1/0;\nselect 1;\nrollback;\ntable a;\n',
  },
  {
    name: 'ON_ERROR_ROLLBACK',
    args: ['-v', 'ON_ERROR_ROLLBACK=on'],
    script:
      'begin;\ncreate temp table a (x int);\nselect 1/0;\ninsert into a values (1);\nsavepoint s;\nrollback to s;\ncommit;\ntable a;\n',
  },
  { name: 'startup files', args: ['-f', 'included.sql'], environment: { PSQLRC: 'startup' } },
  { name: 'startup file of the version', args: ['-c', 'select 1'], environment: { PSQLRC: 'versioned' } },
  { name: '-L', args: ['-L', 'log.txt', '-c', 'select 1', '-c', '\\dn'] },
  { name: '-b -z -0 -l -w -n', args: ['-X', '-b', '-A', '-z', '-0', '-n', '-w'], script: 'select 1 a, 2 b;\nselect 1/0;\n' },
  {
    name: 'notices with a place',
    script: 'create type bogus ("Input" = x);\nset standard_conforming_strings = off;\nselect \'a\\\\b\';\n',
  },
  { name: 'bytes that are no characters', args: ['-c', "select convert_from('\\x636166c3a9', 'UTF8') as a"] },
];

/** What the runs read: path, text. The editor is a program. */
export const files: readonly (readonly [path: string, text: string])[] = [
  ['included.sql', "\\echo included\nselect 'included' as what;\n"],
  ['quits.sql', '\\echo before\n\\q\n\\echo never\n'],
  ['startup', '\\set greeting hello\n\\echo startup :greeting\n'],
  ['versioned', '\\echo not this one\n'],
  ['versioned-15', '\\echo of version 15\n'],
  ['editor', '#!/bin/sh\necho "select 42 as edited" > "$1"\n'],
];

/** Run on the server before the first one. */
export const setup = 'create sequence if not exists countdown;';
