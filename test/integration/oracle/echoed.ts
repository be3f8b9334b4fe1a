import { spawnSync } from 'node:child_process';
import { quoteIdentifier, quoteLiteral } from '../../../src/sql/quote.ts';
import { SqlScanner } from '../../../src/sql/scanner.ts';
import { argumentText, type SlashArgument } from '../../../src/sql/slash-argument.ts';
import { decodeLossless, encodeLossless } from '../../../src/text/lossless.ts';

/**
 * What \echo prints for its line. undefined where the command ends before the line does, at a backslash: what follows could open a quote
 * that swallows the next lines.
 */
export function echoed(line: string, variables: Readonly<Record<string, string>>): Buffer | undefined {
  const scanner = new SqlScanner({
    standardConformingStrings: () => true,
    variable: (name) => variables[name],
    quote: (value, as) => (as === 'literal' ? quoteLiteral(value) : quoteIdentifier(value)),
    warn: () => undefined,
    complain: () => undefined,
  });
  scanner.feed(line);
  scanner.scan();
  scanner.slashCommand();
  const output = echo(scanner);
  return scanner.rest() === '' ? encodeLossless(output) : undefined;
}

function echo(scanner: SqlScanner): string {
  const values: string[] = [];
  let newline = '\n';
  for (let found = scanner.slashArgument('normal'); found !== undefined; found = scanner.slashArgument('normal')) {
    const value = argumentText(found, outputsOf(found));
    if (value === '-n' && found.quote === '' && values.length === 0 && newline !== '') newline = '';
    else values.push(value);
  }
  return `${values.join(' ')}${newline}`;
}

function outputsOf(argument: SlashArgument): string[] {
  return argument.pieces.flatMap((piece) =>
    typeof piece === 'string' ? [] : [decodeLossless(spawnSync('/bin/sh', ['-c', piece.backtick], { env: {} }).stdout)],
  );
}
