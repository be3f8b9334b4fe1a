import { type ColumnChange, changeKey, columnChange } from './column-change.ts';
import { type DdlFacts, facts, type RewriteVerdicts, strongest } from './ddl-fact.ts';
import { actionsOf, hasWord } from './definition-effects.ts';
import { isNull } from './expression-parts.ts';
import { TokenReader } from './token-reader.ts';
import { type SqlToken, tokenizedStatements } from './tokens.ts';

const quick = 'Everybody waits, readers too, but only for a moment unless the lock itself has to be waited for.';

/** What ALTER TABLE and its kin take, from behind the kind of object; `verdicts` replace what the text alone tells of a column. */
export function alterTableFacts(reader: TokenReader, object: string, version: number, verdicts: RewriteVerdicts): DdlFacts | undefined {
  return strongest(
    tableActions(reader).map((action) => {
      const change = columnChange(action, version);
      const told = change === undefined ? undefined : verdicts.get(changeKey(change));
      return { ...actionFacts(action, object, version), ...told };
    }),
  );
}

/** The actions of an ALTER TABLE, from behind the kind of object. */
function tableActions(reader: TokenReader): readonly (readonly SqlToken[])[] {
  reader.accept('if', 'exists');
  reader.accept('only');
  reader.name();
  reader.acceptKind('operator', '*');
  return actionsOf(reader.rest());
}

/** What an ALTER TABLE asks the catalog of; none for any other statement. */
export function columnChanges(sql: string, version: number, standardStrings = true): readonly ColumnChange[] {
  const reader = new TokenReader(tokenizedStatements(sql, standardStrings)[0] ?? []);
  if (!reader.accept('alter', 'table') && !reader.accept('alter', 'foreign', 'table')) return [];
  const actions = tableActions(reader);
  const dropped = actions.map(droppedColumn);
  return actions.flatMap((action) => {
    const change = columnChange(action, version);
    // Drops come first, wherever they stand.
    if (change?.type === 'add' && dropped.includes(change.column)) return { ...change, mayExist: false };
    return change ?? [];
  });
}

function droppedColumn(action: readonly SqlToken[]): string | undefined {
  const reader = new TokenReader(action);
  if (!reader.accept('drop')) return undefined;
  reader.accept('column');
  reader.accept('if', 'exists');
  return reader.name()?.parts[0];
}

function actionFacts(action: readonly SqlToken[], object: string, version: number): DdlFacts {
  const reader = new TokenReader(action);
  const first = reader.word();
  reader.at++;
  switch (first) {
    case 'add':
      return addFacts(reader, action, version);
    case 'alter':
      return columnFacts(reader, action, version);
    case 'drop':
      return facts(
        'AccessExclusive',
        'no',
        reader.isAt('constraint') ? quick : `${quick} The column's values stay in the rows until they are written anew.`,
      );
    case 'validate':
      return facts('ShareUpdateExclusive', 'no', 'Readers and writers go on while the rows are checked.');
    case 'enable':
    case 'disable':
      return reader.isAt('trigger') || reader.isAt('always', 'trigger') || reader.isAt('replica', 'trigger')
        ? facts('ShareRowExclusive', 'no', 'Readers go on; writers wait.')
        : facts('AccessExclusive', 'no', quick);
    case 'cluster':
      return facts('ShareUpdateExclusive', 'no', 'Readers and writers go on.');
    case 'attach':
      return version >= 120000
        ? facts(
            'ShareUpdateExclusive',
            'no',
            'Of the partitioned table; the new partition is locked against everybody while its rows are checked.',
          )
        : facts('AccessExclusive', 'no', 'Everybody waits while the rows of the new partition are checked.');
    case 'detach':
      return hasWord(action, 'concurrently') || hasWord(action, 'finalize')
        ? facts('ShareUpdateExclusive', 'no', 'Readers and writers go on.')
        : facts('AccessExclusive', 'no', quick);
    case 'set':
      return setFacts(reader);
    case 'reset':
      return storageFacts(reader);
    case 'rename':
      return object === 'index' && version >= 120000
        ? facts('ShareUpdateExclusive', 'no', 'Readers and writers go on.')
        : facts('AccessExclusive', 'no', quick);
    default:
      return facts('AccessExclusive', 'no', quick);
  }
}

function addFacts(reader: TokenReader, action: readonly SqlToken[], version: number): DdlFacts {
  const isConstraint = reader.accept('constraint');
  if (isConstraint) reader.name();
  switch (reader.word()) {
    case 'foreign':
      return facts(
        'ShareRowExclusive',
        'no',
        `Of both tables; readers go on, writers wait${hasWord(action, 'valid') ? '.' : ' while all rows are checked.'}`,
      );
    case 'primary':
    case 'unique':
    case 'exclude':
      return hasWord(action, 'using') && reader.word() !== 'exclude' && hasWord(action, 'index')
        ? facts('AccessExclusive', 'no', quick)
        : facts('AccessExclusive', 'no', 'Everybody waits, readers too, while the index is built.');
    case 'check':
    case 'not':
      return facts('AccessExclusive', 'no', hasWord(action, 'valid') ? quick : 'Everybody waits, readers too, while all rows are checked.');
    default:
      return addColumnFacts(action, version);
  }
}

function addColumnFacts(action: readonly SqlToken[], version: number): DdlFacts {
  const added = columnChange(action, version);
  if (added?.type !== 'add') return facts('AccessExclusive', 'no', quick);
  if (added.computed === 'identity') return facts('AccessExclusive', 'yes', 'Every row gets its own number, so the table is written anew.');
  if (added.computed === 'stored')
    return facts('AccessExclusive', 'yes', 'Every row gets its computed value, so the table is written anew.');
  if (added.default === undefined || isNull(added.default)) return facts('AccessExclusive', 'no', quick);
  if (version < 110000) return facts('AccessExclusive', 'yes', 'Before PostgreSQL 11 a column with a default is written into every row.');
  const isCall = added.default.some((token) => token.kind === 'open');
  if (!isCall) return facts('AccessExclusive', 'no', `${quick} The default is a constant, which is kept once for all old rows.`);
  return facts(
    'AccessExclusive',
    'depends',
    'Where the default calls a volatile function, every row gets its own value and the table is written anew.',
  );
}

function columnFacts(reader: TokenReader, action: readonly SqlToken[], version: number): DdlFacts {
  if (reader.accept('constraint')) return facts('AccessExclusive', 'no', quick);
  reader.accept('column');
  reader.name();
  if (reader.isAt('type') || reader.isAt('set', 'data', 'type'))
    return facts(
      'AccessExclusive',
      'depends',
      'The table and its indexes are written anew, unless the old values can stay as they are (a longer varchar, varchar to text).',
    );
  if (reader.isAt('set', 'statistics')) return facts('ShareUpdateExclusive', 'no', 'Readers and writers go on.');
  if ((reader.isAt('set') || reader.isAt('reset')) && reader.peek(1)?.kind === 'open')
    return facts('ShareUpdateExclusive', 'no', 'Readers and writers go on.');
  if (reader.isAt('set', 'not', 'null'))
    return facts(
      'AccessExclusive',
      'no',
      `Everybody waits, readers too, while all rows are checked${version >= 120000 ? ', unless a valid CHECK proves it already' : ''}.`,
    );
  if (reader.isAt('set', 'expression') && !hasWord(action, 'virtual'))
    return facts('AccessExclusive', version >= 180000 ? 'depends' : 'yes', 'A stored column is computed anew for every row.');
  return facts('AccessExclusive', 'no', quick);
}

function setFacts(reader: TokenReader): DdlFacts {
  switch (reader.word()) {
    case 'tablespace':
      return facts('AccessExclusive', 'yes', 'The files of the table are copied to the other place.');
    case 'logged':
    case 'unlogged':
      return facts('AccessExclusive', 'yes', 'The table is written anew.');
    case 'access':
      return facts('AccessExclusive', 'yes', 'The table is written anew in the other format.');
    case 'without':
      return reader.isAt('without', 'cluster')
        ? facts('ShareUpdateExclusive', 'no', 'Readers and writers go on.')
        : facts('AccessExclusive', 'no', quick);
    default:
      return reader.peek()?.kind === 'open' ? storageFacts(reader) : facts('AccessExclusive', 'no', quick);
  }
}

/** Storage parameters of tables and indexes; those few that change what a query sees need the full lock. */
function storageFacts(reader: TokenReader): DdlFacts {
  const isSeen = (reader.group() ?? []).some((token) =>
    /^(?:user_catalog_table|security_barrier|security_invoker|check_option)$/.test(token.value),
  );
  return isSeen ? facts('AccessExclusive', 'no', quick) : facts('ShareUpdateExclusive', 'no', 'Readers and writers go on.');
}
