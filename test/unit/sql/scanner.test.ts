import { describe, expect, test } from 'vitest';
import { quoteIdentifier, quoteLiteral } from '../../../src/sql/quote.ts';
import { type PromptStatus, SqlScanner } from '../../../src/sql/scanner.ts';

interface Setting {
  readonly variables?: Readonly<Record<string, string>>;
  readonly standardStrings?: boolean;
  readonly isConnected?: boolean;
}

function scannerWith({ variables = {}, standardStrings = true, isConnected = true }: Setting = {}) {
  const warnings: string[] = [];
  const scanner = new SqlScanner({
    standardConformingStrings: () => standardStrings,
    variable: (name) => variables[name],
    quote: (value, as) => (isConnected ? (as === 'literal' ? quoteLiteral(value) : quoteIdentifier(value)) : undefined),
    warn: (text) => warnings.push(text),
    complain: (text) => warnings.push(text),
  });
  return { scanner, warnings };
}

/** Reads lines as psql's main loop does; the statements ended by semicolons, what is left, and the last prompt. */
function read(lines: readonly string[], setting?: Setting): { statements: string[]; left: string; prompt: PromptStatus } {
  const { scanner } = scannerWith(setting);
  const statements: string[] = [];
  let prompt: PromptStatus = 'ready';
  for (const line of lines) {
    if (scanner.output !== '') scanner.output += '\n';
    scanner.feed(line);
    for (;;) {
      const stop = scanner.scan();
      prompt = stop.prompt;
      if (stop.stop !== 'semicolon') break;
      statements.push(scanner.output);
      scanner.clearOutput();
    }
  }
  return { statements, left: scanner.output, prompt };
}

describe('a statement ends at a semicolon', () => {
  test.each<[string, string[], string]>([
    ['select 1; select 2;', ['select 1;', 'select 2;'], ''],
    ['  select 1 ;  ', ['select 1 ;'], ''],
    [';', [';'], ''],
    ["select ';', 'it''s;';", ["select ';', 'it''s;';"], ''],
    ["select 'a\\'; select 2;", ["select 'a\\';", 'select 2;'], ''],
    ["select E'a\\'; x'; y", ["select E'a\\'; x';"], 'y'],
    ["select e'\\\\'; y", ["select e'\\\\';"], 'y'],
    ["select B'0;1', x'f;f', N'a;', U&'b;' ; y", ["select B'0;1', x'f;f', N'a;', U&'b;' ;"], 'y'],
    ['select "a;""b", U&"c;"; y', ['select "a;""b", U&"c;";'], 'y'],
    ['select $$a;b$$, $x$;$$;$y$;$x$; y', ['select $$a;b$$, $x$;$$;$y$;$x$;'], 'y'],
    ['select $a$x$b$a$; y', ['select $a$x$b$a$;'], 'y'],
    ['select a$$;b$$;', ['select a$$;', 'b$$;'], ''],
    ['select $1$$;$$; y', ['select $1$$;$$;'], 'y'],
    ['select 1$$;$$; y', ['select 1$$;$$;'], 'y'],
    ['select 1a$$;y', ['select 1a$$;'], 'y'],
    ['select $é$;$é$; y', ['select $é$;$é$;'], 'y'],
    ['select /* ; /* ; */ ; */ 1; y', ['select /* ; /* ; */ ; */ 1;'], 'y'],
    ['select 1 /**/; y', ['select 1 /**/;'], 'y'],
    ['select 1 +/* ; */ 2; y', ['select 1 +/* ; */ 2;'], 'y'],
    ['select 1 <-- ;', [], 'select 1 <-- ;'],
    ['select (1; 2); y', ['select (1; 2);'], 'y'],
    ['select 1); y', ['select 1);'], 'y'],
    ['select 1\\; select 2; y', ['select 1; select 2;'], 'y'],
    ['select a\\:b;', ['select a:b;'], ''],
    ['/* kept */ select 1;', ['/* kept */ select 1;'], ''],
    ['select 1 -- kept;', [], 'select 1 -- kept;'],
    ['-- dropped;', [], ''],
    ['select 1\v; y', ['select 1\v;'], 'y'],
  ])('%j', (line, statements, left) => {
    expect(read([line])).toMatchObject({ statements, left });
  });
});

describe('the prompt says what the next line continues', () => {
  test.each<[string[], PromptStatus]>([
    [[''], 'ready'],
    [['-- x'], 'ready'],
    [['select 1;'], 'ready'],
    [['select 1'], 'continue'],
    [["select 'a"], 'single-quote'],
    [["select E'a\\"], 'single-quote'],
    [["select B'0"], 'single-quote'],
    [['select "a'], 'double-quote'],
    [['select U&"a'], 'double-quote'],
    [['select $a$ $b$'], 'dollar-quote'],
    [['select /* /* */'], 'comment'],
    [['select (1'], 'paren'],
    [['select (1, /*'], 'comment'],
    [["select 'a'"], 'continue'],
    [["select ('a'"], 'paren'],
    [['create function f() returns int begin atomic', ' select 1;'], 'continue'],
  ])('%j', (lines, prompt) => {
    expect(read(lines).prompt).toBe(prompt);
  });
});

describe('bodies of SQL-standard functions', () => {
  test.each<[string, number]>([
    ['create function f() begin atomic select 1; end; x', 1],
    ['CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC select case when a then b end; END; x', 1],
    ['create function f() case; x', 1],
    ['create table begin (a int); x', 1],
    ['begin; select 1; end;', 3],
    ['create function f(begin) as $$a$$; x', 1],
    ['create or function begin; x', 1],
    ['create function f() begin; select 1; end; select 2;', 2],
    ['select 1\\; create function f() begin a; end;', 1],
    ['create "or" function f() begin; end;', 1],
    ["n'' create function f() begin a; end;", 1],
  ])('%s', (line, count) => {
    expect(read([line]).statements).toHaveLength(count);
  });
});

test('lines join with newlines that the scanner never sees, so that a string does not continue over them', () => {
  expect(read(["select E'a'", "'\\'; x"])).toMatchObject({ statements: ["select E'a'\n'\\';"], left: 'x' });
  expect(read(["select E'a'\n'\\'; x'; y"])).toMatchObject({ statements: ["select E'a'\n'\\'; x';"], left: 'y' });
});

test('without standard_conforming_strings a backslash escapes in plain strings', () => {
  expect(read(["select 'a\\'; x'; y"], { standardStrings: false })).toMatchObject({ statements: ["select 'a\\'; x';"], left: 'y' });
});

describe('variables', () => {
  const variables = { v: "a'b", i: '1', semi: 'x; y', self: 'a:self b', ping: ':pong', pong: ':ping', back: 'z\\g', half: "'q", ü: 'u' };
  test.each<[string, string, string[]]>([
    ['select :i', 'select 1', []],
    ['select :\'v\', :"v"', "select 'a''b', \"a'b\"", []],
    ['select :{?i} :{?nope}', 'select TRUE FALSE', []],
    ['select :nope :\'nope\' :"nope"', 'select :nope :\'nope\' :"nope"', []],
    ['select 1::i, a := :i', 'select 1::i, a := 1', []],
    ['select a[1:i]', 'select a[11]', []],
    ['select \':i\' ":i" $$:i$$ /* :i */ -- :i', 'select \':i\' ":i" $$:i$$ /* :i */ -- :i', []],
    ['select :semi', ' y', ['select x;']],
    ['select :self', 'select a:self b', []],
    ['select :ping', 'select :ping', []],
    ["select :half'", "select 'q'", []],
    ['select :ü', 'select u', []],
    ['select :\'v :"v :{?v', 'select :\'v :"v :{?v', []],
  ])('%s', (line, left, statements) => {
    expect(read([line], { variables })).toMatchObject({ left: left.trimStart(), statements });
  });

  test('one that holds itself is left alone there, with a warning', () => {
    const { scanner, warnings } = scannerWith({ variables });
    scanner.feed('select :ping;');
    expect(scanner.scan().stop).toBe('semicolon');
    expect(scanner.output).toBe('select :ping;');
    expect(warnings).toEqual(['skipping recursive expansion of variable "ping"']);
  });

  test('a backslash in a value starts a meta-command', () => {
    const { scanner } = scannerWith({ variables });
    scanner.feed('select :back rest');
    expect(scanner.scan().stop).toBe('backslash');
    expect(scanner.output).toBe('select z');
    expect(scanner.slashCommand()).toBe('g');
    expect(scanner.rest()).toBe(' rest');
  });

  test('quoted forms stay as typed without a connection', () => {
    expect(read(["select :'v'"], { variables, isConnected: false }).left).toBe("select :'v'");
  });

  test('nothing is expanded in an inactive branch', () => {
    const { scanner } = scannerWith({ variables });
    scanner.isActive = false;
    scanner.feed('select :i :{?i}');
    scanner.scan();
    expect(scanner.output).toBe('select :i FALSE');
  });
});

test('what the main loop asks of it', () => {
  const { scanner } = scannerWith();
  scanner.feed("select ('a");
  expect(scanner.scan()).toEqual({ stop: 'incomplete', prompt: 'single-quote' });
  expect(scanner.isInQuote).toBe(true);
  expect(scanner.parenDepth).toBe(1);
  scanner.finish();
  scanner.reset();
  expect(scanner.isInQuote).toBe(false);
  expect(scanner.parenDepth).toBe(0);
  scanner.clearOutput();
  scanner.feed('  select 1; select 2');
  scanner.scan();
  expect(scanner.outputStart).toBe(2);
  expect(scanner.position).toBe(11);
  expect(scanner.rest()).toBe(' select 2');
});
