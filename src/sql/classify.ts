/**
 * The first words of a statement in lower case, at most `count`, up to the first thing that is not a word. Comments between them are
 * skipped as psql's skip_white_space does: word by word of letters alone, without regard to quotes.
 */
export function leadingKeywords(sql: string, count = 4): readonly string[] {
  const words: string[] = [];
  let at = 0;
  while (words.length < count) {
    at = skipBlanks(sql, at);
    const word = wordAt(sql, at);
    if (word === '') break;
    words.push(word.toLowerCase());
    at += word.length;
  }
  return words;
}

/** Whether psql, with AUTOCOMMIT off, sends no BEGIN before the statement (command_no_begin). */
export function cannotRunInTransaction(sql: string): boolean {
  const [first, second, third, fourth] = leadingKeywords(sql);
  switch (first) {
    case 'abort':
    case 'begin':
    case 'start':
    case 'commit':
    case 'end':
    case 'rollback':
    case 'vacuum':
      return true;
    case 'prepare':
      return second === 'transaction';
    case 'cluster':
      return second === undefined;
    case 'create':
      if (second === 'unique') return third === 'index' && fourth === 'concurrently';
      return second === 'database' || second === 'tablespace' || (second === 'index' && third === 'concurrently');
    case 'alter':
      return second === 'system';
    case 'drop':
    case 'reindex':
      if (second === 'index' || second === 'table') return third === 'concurrently';
      return second === 'database' || second === 'system' || second === 'tablespace';
    case 'discard':
      return second === 'all';
    default:
      return false;
  }
}

export type TransactionKeyword = 'begin' | 'commit' | 'rollback' | 'savepoint' | 'release' | 'rollback-to' | 'prepare';

/** What a statement does to the transaction, as far as its words tell; the server's status has the last word. */
export function transactionKeyword(sql: string): TransactionKeyword | undefined {
  const [first, second, third] = leadingKeywords(sql);
  switch (first) {
    case 'begin':
    case 'savepoint':
    case 'release':
      return first;
    case 'start':
      return second === 'transaction' ? 'begin' : undefined;
    case 'commit':
    case 'end':
      return second === 'prepared' ? undefined : 'commit';
    case 'abort':
      return 'rollback';
    case 'rollback': {
      if (second === 'prepared') return undefined;
      const follows = second === 'work' || second === 'transaction' ? third : second;
      return follows === 'to' ? 'rollback-to' : 'rollback';
    }
    case 'prepare':
      return second === 'transaction' ? 'prepare' : undefined;
    default:
      return undefined;
  }
}

/** Whether FETCH_COUNT may read the statement through a cursor: SELECT or VALUES, in any number of parentheses (is_select_command). */
export function isSelectCommand(sql: string): boolean {
  let at = skipBlanks(sql, 0);
  while (sql[at] === '(') at = skipBlanks(sql, at + 1);
  const word = wordAt(sql, at).toLowerCase();
  return word === 'select' || word === 'values';
}

function wordAt(sql: string, at: number): string {
  const letters = /[A-Za-z]*/y;
  letters.lastIndex = at;
  return letters.exec(sql)?.[0] ?? '';
}

function skipBlanks(sql: string, start: number): number {
  let at = start;
  let depth = 0;
  while (at < sql.length) {
    if (sql.startsWith('/*', at)) {
      depth++;
      at += 2;
    } else if (depth > 0 && sql.startsWith('*/', at)) {
      depth--;
      at += 2;
    } else if (depth === 0 && sql.startsWith('--', at)) {
      const newline = sql.indexOf('\n', at);
      at = newline < 0 ? sql.length : newline + 1;
    } else if (depth > 0 || ' \t\n\r\f\v'.includes(sql[at] ?? '')) at++;
    else break;
  }
  return at;
}
