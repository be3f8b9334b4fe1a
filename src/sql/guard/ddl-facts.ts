import { alterTableFacts } from './alter-table-facts.ts';
import { type DdlFacts, facts, type RewriteVerdicts } from './ddl-fact.ts';
import { hasWord } from './definition-effects.ts';
import { readObjectType } from './object-type.ts';
import { optionIsOn } from './session-effects.ts';
import { TokenReader } from './token-reader.ts';
import { type SqlToken, tokenizedStatements } from './tokens.ts';

/**
 * The lock a statement takes on the table it is about, and whether it writes that table anew (chapter "Explicit Locking" and the page
 * of each command); `version` as 180000, `verdicts` what the catalog says of its columns. Undefined where it locks no table that exists.
 * For a text of several, that of the first.
 */
export function ddlFacts(sql: string, version = 180000, verdicts: RewriteVerdicts = new Map()): DdlFacts | undefined {
  const statement = tokenizedStatements(sql)[0] ?? [];
  const reader = new TokenReader(statement, 1);
  switch (statement[0]?.value) {
    case 'select':
    case 'table':
      return selectFacts(statement);
    case 'insert':
    case 'update':
    case 'delete':
    case 'merge':
      return facts('RowExclusive', 'no', 'Readers and other writers go on; only writers of the same rows wait.');
    case 'copy':
      return reader.skipTo('from', 'to') === 'from'
        ? facts('RowExclusive', 'no', 'Readers and other writers go on.')
        : facts('AccessShare', 'no', 'It only reads.');
    case 'truncate':
      return facts('AccessExclusive', 'yes', 'The table gets new, empty files.');
    case 'drop':
      return dropFacts(reader, version);
    case 'create':
      return createFacts(reader);
    case 'alter':
      return alterFacts(reader, version, verdicts);
    case 'comment':
    case 'security':
      return facts('ShareUpdateExclusive', 'no', 'Only other changes to the definition wait.');
    case 'refresh':
      return hasWord(statement, 'concurrently')
        ? facts('Exclusive', 'no', 'Readers go on; the rows that differ are changed one by one.')
        : facts('AccessExclusive', 'yes', 'Readers wait while the view is filled anew.');
    case 'cluster':
      return facts('AccessExclusive', 'yes', 'The table is written anew in the order of its index.');
    case 'reindex':
      return hasWord(statement, 'concurrently') || optionIsOn(reader.group() ?? [], 'concurrently')
        ? facts('ShareUpdateExclusive', 'no', 'Readers and writers go on; each index is built anew beside the old one.')
        : facts('Share', 'no', 'Writers wait; the index itself is locked against readers too.');
    case 'vacuum':
      return vacuumFacts(reader);
    case 'analyze':
    case 'analyse':
      return facts('ShareUpdateExclusive', 'no', 'Readers and writers go on.');
    case 'lock':
      return lockFacts(statement);
    default:
      return undefined;
  }
}

function selectFacts(statement: readonly SqlToken[]): DdlFacts {
  const reader = new TokenReader(statement);
  while (reader.skipTo('for') !== undefined) {
    reader.at++;
    if (/^(?:update|share|no|key)$/.test(reader.word())) return facts('RowShare', 'no', 'Readers go on; writers of the locked rows wait.');
  }
  return facts('AccessShare', 'no', 'It only reads.');
}

function dropFacts(reader: TokenReader, version: number): DdlFacts | undefined {
  const object = readObjectType(reader);
  switch (object) {
    case 'table':
    case 'foreign table':
    case 'view':
    case 'materialized view':
    case 'sequence':
      return facts('AccessExclusive', 'no', 'Everybody waits, readers too, until the transaction ends.');
    case 'index':
      return reader.isAt('concurrently')
        ? facts('ShareUpdateExclusive', 'no', 'Readers and writers go on; it waits for those that use the index.')
        : facts('AccessExclusive', 'no', "The index's table is locked, against readers too.");
    case 'trigger':
    case 'rule':
    case 'policy':
      return facts('AccessExclusive', 'no', 'Its table is locked, against readers too.');
    case 'statistics':
      return version >= 140000 ? facts('ShareUpdateExclusive', 'no', 'Only other changes to the definition wait.') : undefined;
    case 'type':
    case 'schema':
    case 'extension':
    case 'domain':
      return facts('AccessExclusive', 'no', 'Each table that goes with it is locked, against readers too.');
    default:
      return undefined;
  }
}

function createFacts(reader: TokenReader): DdlFacts | undefined {
  const isReplace = reader.accept('or', 'replace');
  while (reader.acceptOneOf(['global', 'local', 'temp', 'temporary', 'unlogged', 'unique', 'recursive']) !== undefined);
  const object = readObjectType(reader);
  const { tokens } = reader;
  switch (object) {
    case 'index':
      return reader.isAt('concurrently')
        ? facts('ShareUpdateExclusive', 'no', 'Readers and writers go on; it waits for the transactions that run now.')
        : facts('Share', 'no', 'Readers go on; writers wait until the index is built.');
    case 'trigger':
    case 'constraint trigger':
      return facts('ShareRowExclusive', 'no', 'Readers go on; writers wait.');
    case 'rule':
    case 'policy':
      return facts('AccessExclusive', 'no', 'Everybody waits, readers too, until the transaction ends.');
    case 'statistics':
      return facts('ShareUpdateExclusive', 'no', 'Readers and writers go on.');
    case 'view':
      return isReplace ? facts('AccessExclusive', 'no', 'The view that is replaced is locked, its tables are not.') : undefined;
    case 'publication':
      return hasWord(tokens, 'table') ? facts('ShareUpdateExclusive', 'no', 'Readers and writers go on.') : undefined;
    case 'table':
      return createTableFacts(reader);
    default:
      return undefined;
  }
}

function createTableFacts(reader: TokenReader): DdlFacts | undefined {
  const { tokens } = reader;
  const isPartition = tokens.some((token, at) => token.value === 'partition' && tokens[at + 1]?.value === 'of');
  if (isPartition) return facts('AccessExclusive', 'no', 'The partitioned table is locked, against readers too.');
  if (hasWord(tokens, 'references')) return facts('ShareRowExclusive', 'no', 'The table that is referred to is locked against writers.');
  if (hasWord(tokens, 'inherits')) return facts('ShareUpdateExclusive', 'no', 'Of the parent only changes to its definition wait.');
  return undefined;
}

function alterFacts(reader: TokenReader, version: number, verdicts: RewriteVerdicts): DdlFacts | undefined {
  const object = readObjectType(reader);
  switch (object) {
    case 'table':
    case 'foreign table':
    case 'view':
    case 'materialized view':
    case 'index':
      return alterTableFacts(reader, object, version, verdicts);
    case 'sequence':
      return facts(
        hasWord(reader.tokens, 'owner') || hasWord(reader.tokens, 'rename') ? 'AccessExclusive' : 'ShareRowExclusive',
        'no',
        'nextval waits until the transaction ends.',
      );
    case 'trigger':
    case 'rule':
    case 'policy':
      return facts('AccessExclusive', 'no', 'Its table is locked, against readers too.');
    case 'publication':
      return hasWord(reader.tokens, 'table') ? facts('ShareUpdateExclusive', 'no', 'Readers and writers go on.') : undefined;
    default:
      return undefined;
  }
}

function vacuumFacts(reader: TokenReader): DdlFacts {
  const isFull = optionIsOn(reader.group() ?? [], 'full') || reader.isAt('full');
  return isFull
    ? facts('AccessExclusive', 'yes', 'The table is written anew, which needs as much room again; readers wait.')
    : facts('ShareUpdateExclusive', 'no', 'Readers and writers go on.');
}

function lockFacts(statement: readonly SqlToken[]): DdlFacts {
  const words = statement.map((token) => token.value);
  const mode = words.includes('mode') ? words.slice(words.lastIndexOf('in') + 1, words.lastIndexOf('mode')).join(' ') : 'access exclusive';
  const why = 'It is held until the transaction ends.';
  switch (mode) {
    case 'access share':
      return facts('AccessShare', 'no', why);
    case 'row share':
      return facts('RowShare', 'no', why);
    case 'row exclusive':
      return facts('RowExclusive', 'no', why);
    case 'share update exclusive':
      return facts('ShareUpdateExclusive', 'no', why);
    case 'share':
      return facts('Share', 'no', why);
    case 'share row exclusive':
      return facts('ShareRowExclusive', 'no', why);
    case 'exclusive':
      return facts('Exclusive', 'no', why);
    default:
      return facts('AccessExclusive', 'no', why);
  }
}
