import type { SqlScanner } from '../../sql/scanner.ts';

/** The SQL of a text as it would be sent, psql's variables put in; undefined where a meta-command is part of it. */
export function statementText(scanner: SqlScanner, text: string): string | undefined {
  const statements: string[] = [];
  for (const line of text.split('\n')) {
    if (scanner.output !== '') scanner.output += '\n';
    scanner.feed(line);
    for (let { stop } = scanner.scan(); stop !== 'end' && stop !== 'incomplete'; { stop } = scanner.scan()) {
      if (stop === 'backslash') return undefined;
      statements.push(scanner.output);
      scanner.clearOutput();
    }
    scanner.finish();
  }
  return [...statements, scanner.output].filter((sql) => sql.trim() !== '').join(';\n');
}
