import { describe, expect, test } from 'vitest';
import { quoteIdentifier, quoteLiteral } from '../../../src/sql/quote.ts';
import { SqlScanner } from '../../../src/sql/scanner.ts';
import { type ArgumentMode, argumentText, type SlashArgument } from '../../../src/sql/slash-argument.ts';
import { encodeLossless } from '../../../src/text/lossless.ts';

const variables: Readonly<Record<string, string>> = { w: 'a b', q: "a'b c\\d", n: 'x\ny', d: '-n', empty: '', é: 'ü', semi: 'x;' };

function commandOf(line: string) {
  const complaints: string[] = [];
  const scanner = new SqlScanner({
    standardConformingStrings: () => true,
    variable: (name) => variables[name],
    quote: (value, as) => (as === 'literal' ? quoteLiteral(value) : quoteIdentifier(value)),
    warn: () => undefined,
    complain: (text) => complaints.push(text),
  });
  scanner.feed(line);
  scanner.scan();
  return { scanner, complaints, name: scanner.slashCommand() };
}

/** A stand-in for the shell: what it was given, in brackets. */
function ran(argument: SlashArgument): string {
  return argumentText(
    argument,
    argument.pieces.flatMap((piece) => (typeof piece !== 'string' && 'backtick' in piece ? [`<${piece.backtick}>\n`] : [])),
  );
}

function argumentsOf(line: string, mode: ArgumentMode = 'normal', stripSemicolon = false): string[] {
  const { scanner } = commandOf(line);
  const values: string[] = [];
  for (
    let found = scanner.slashArgument(mode, { stripSemicolon });
    found !== undefined;
    found = scanner.slashArgument(mode, { stripSemicolon })
  ) {
    values.push(ran(found));
  }
  return values;
}

// The values are those real psql printed for the same lines.
describe('arguments', () => {
  test.each<[string, string[]]>([
    ['\\echo a b   c', ['a', 'b', 'c']],
    [`\\echo 'a''b' "c d" "e""f"`, ["a'b", '"c d"', '"e""f"']],
    ["\\echo 'a\\tb\\101\\x42\\q\\\\'", ['a\tbABq\\']],
    [`\\echo :w ':w' ":w" x:w`, ['a b', ':w', '":w"', 'xa b']],
    [`\\echo :'q' :"q" :'nope' :"nope" :nope`, [" E'a''b c\\\\d'", '"a\'b c\\d"', ":'nope'", ':"nope"', ':nope']],
    ['\\echo :{?w} :{?nope} :{ :: : :{?w', ['TRUE', 'FALSE', ':{', '::', ':', ':{?w']],
    ['\\echo `run :w` `run :\'q\'` x`a; b`y ":`c`"', ['<run a b>', `<run 'a'"'"'b c\\d'>`, 'x<a; b>y', '":`c`"']],
    ['\\echo a;', ['a;']],
    ['\\echo :empty :empty|', ['', '|']],
    ["\\echo ''", ['']],
    ["\\echo 'a\\000b'c", ['a']],
    ['\\echo a:{?w}; ;', ['aTRUE;', ';']],
    ['\\echo é:é 日本', ['éü', '日本']],
    [`\\echo 'a'b'c'"d"e`, ['abc"d"e']],
    ['\\echo |x y', ['|x', 'y']],
    ['\\echo', []],
    ['\\echo   ', []],
  ])('%s', (line, values) => {
    expect(argumentsOf(line)).toEqual(values);
  });

  test('escapes may spell bytes', () => {
    const [value = ''] = argumentsOf("\\echo '\\303\\251\\xff'");
    expect(encodeLossless(value)).toEqual(Buffer.of(0xc3, 0xa9, 0xff));
    expect(value.startsWith('é')).toBe(true);
  });

  test.each<[string, ArgumentMode, string[]]>([
    ['\\cd "a;";;', 'normal', ['"a;"']],
    ["\\cd 'a;';;", 'normal', ['a;']],
    ['\\cd a;b;;', 'normal', ['a;b']],
    ['\\cd :semi;', 'normal', ['x;']],
    ['\\cd :semi', 'normal', ['x;']],
    ['\\cd ;', 'normal', []],
    ['\\c Foo"Bar""X"y;', 'sql-identifier-verbatim', ['FooBar"Xy']],
    ['\\password "A b"CdE;', 'sql-identifier', ['A bcde']],
    ['\\dt "A".B;', 'sql-id-pattern', ['"A".B']],
    ['\\copy a from b ; ;', 'whole-line', ['a from b']],
    ['\\o | a "b" :w \\x; ', 'file-or-pipe', ['| a "b" :w \\x; ']],
    ['\\o f:w', 'file-or-pipe', ['fa b']],
  ])('%s, semicolons stripped, as %s', (line, mode, values) => {
    expect(argumentsOf(line, mode, true)).toEqual(values);
  });

  test.each<[string, string]>([
    ['\\echo x', ''],
    ["\\echo '-n'", "'"],
    ['\\echo "x"', '"'],
    ['\\echo `x`', '`'],
    ['\\echo :d', ':'],
    ["\\echo :'d'", ':'],
    [`\\echo 'a'"b"`, '"'],
    ['\\echo :nope', ':'],
  ])('%s is quoted by %j', (line, quote) => {
    expect(commandOf(line).scanner.slashArgument('normal')?.quote).toBe(quote);
  });

  test.each(["\\echo 'abc", '\\echo "abc', '\\echo `abc', "\\echo 'abc\\'", "\\echo x'abc\\"])('%s does not end', (line) => {
    const { scanner, complaints } = commandOf(line);
    expect(scanner.slashArgument('normal')).toBeUndefined();
    expect(complaints).toEqual(['unterminated quoted string']);
  });

  test('a value with a line break cannot be quoted for the shell', () => {
    const { scanner, complaints } = commandOf("\\echo `echo :'n'`");
    expect(scanner.slashArgument('normal')?.pieces).toEqual(['', { backtick: "echo :'n'" }]);
    expect(complaints).toEqual(['shell command argument contains a newline or carriage return: "x\ny"']);
  });

  test('a complaint of what stands behind a shell command comes after that command', () => {
    const { scanner, complaints } = commandOf("\\echo `a``b :'n'`'c");
    expect(scanner.slashArgument('normal')).toMatchObject({
      isUnterminated: true,
      pieces: [
        '',
        { backtick: 'a' },
        { complaint: 'shell command argument contains a newline or carriage return: "x\ny"' },
        '',
        { backtick: "b :'n'" },
        { complaint: 'unterminated quoted string' },
      ],
    });
    expect(complaints).toEqual([]);
  });

  test('without evaluation variables and commands stay text', () => {
    expect(argumentsOf("\\if `a :w` :w :'q' :{?w}", 'no-evaluation')).toEqual(['a :w', ':w', ":'q'", 'FALSE']);
    const { scanner } = commandOf('\\echo `a` :w');
    scanner.isActive = false;
    expect(scanner.slashArgument('normal')).toEqual({ pieces: ['a'], quote: '`' });
    expect(scanner.slashArgument('normal')).toEqual({ pieces: [':w'], quote: ':' });
  });
});

test('commands follow one another on a line', () => {
  const { scanner, name } = commandOf('\\echo a\\x \\\\ select 1;');
  expect(name).toBe('echo');
  expect(scanner.slashArgument('normal')?.pieces).toEqual(['a']);
  expect(scanner.slashArgument('normal')).toBeUndefined();
  scanner.slashEnd();
  expect(scanner.scan().stop).toBe('backslash');
  expect(scanner.slashCommand()).toBe('x');
  expect(scanner.slashArgument('normal')).toBeUndefined();
  scanner.slashEnd();
  expect(scanner.scan().stop).toBe('semicolon');
  expect(scanner.output).toBe('select 1;');
});

test('the whole line is taken raw', () => {
  const { scanner } = commandOf("\\! echo 'a :w\\ ;");
  expect(scanner.slashRest()).toBe("echo 'a :w\\ ;");
  expect(scanner.slashRest()).toBe('');
});

test('a name ends at a blank or a backslash', () => {
  expect(commandOf('\\dt+').name).toBe('dt+');
  expect(commandOf('\\echo\\x').name).toBe('echo');
  expect(commandOf('\\').name).toBe('');
});
