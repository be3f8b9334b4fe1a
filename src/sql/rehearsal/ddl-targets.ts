import { readObjectType } from '../guard/object-type.ts';
import { type ObjectName, TokenReader } from '../guard/token-reader.ts';
import { tokenizedStatements } from '../guard/tokens.ts';

/** The relations (tables, their indexes, views) that a command takes its lock on, as typed; none where its text does not name them. */
export function ddlTargets(sql: string, standardStrings = true): readonly string[] {
  const [statement = []] = tokenizedStatements(sql, standardStrings);
  const reader = new TokenReader(statement, 1);
  return namesIn(statement[0]?.value ?? '', reader).map(({ typed }) => typed);
}

function namesIn(command: string, reader: TokenReader): readonly ObjectName[] {
  switch (command) {
    case 'alter':
      return alterNames(reader);
    case 'drop':
      return dropNames(reader);
    case 'create':
      return createNames(reader);
    case 'truncate':
    case 'lock':
      reader.accept('table');
      return reader.names();
    case 'comment':
    case 'security':
      return commentNames(reader);
    case 'refresh':
      reader.accept('materialized', 'view');
      reader.accept('concurrently');
      return reader.names();
    case 'cluster':
    case 'vacuum':
    case 'reindex':
      return maintainedNames(command, reader);
    default:
      return [];
  }
}

const relations = new Set(['table', 'foreign table', 'view', 'materialized view', 'index', 'sequence']);
/** Parts of a table that are named with it: … ON table. */
const parts = new Set(['trigger', 'constraint trigger', 'rule', 'policy']);

function alterNames(reader: TokenReader): readonly ObjectName[] {
  const object = readObjectType(reader);
  if (parts.has(object)) return namesBehind(reader, 'on');
  if (!relations.has(object)) return [];
  reader.accept('if', 'exists');
  reader.accept('only');
  return one(reader);
}

function dropNames(reader: TokenReader): readonly ObjectName[] {
  const object = readObjectType(reader);
  if (parts.has(object)) return namesBehind(reader, 'on');
  if (!relations.has(object)) return [];
  reader.accept('concurrently');
  reader.accept('if', 'exists');
  return reader.names();
}

function createNames(reader: TokenReader): readonly ObjectName[] {
  reader.accept('or', 'replace');
  while (reader.acceptOneOf(['global', 'local', 'temp', 'temporary', 'unlogged', 'unique', 'recursive']) !== undefined);
  const object = readObjectType(reader);
  switch (object) {
    case 'index':
    case 'trigger':
    case 'constraint trigger':
    case 'policy':
      return namesBehind(reader, 'on');
    case 'rule':
      return namesBehind(reader, 'to');
    case 'statistics':
      return namesBehind(reader, 'from');
    case 'view':
      return one(reader);
    case 'table':
      return tableNames(reader);
    default:
      return [];
  }
}

/** The tables a new one is attached to. */
function tableNames(reader: TokenReader): readonly ObjectName[] {
  const found: ObjectName[] = [];
  for (; !reader.isDone; reader.at++) {
    const isPartition = reader.accept('partition', 'of');
    if (!isPartition && !reader.accept('references') && !reader.isAt('inherits')) continue;
    if (reader.accept('inherits')) found.push(...new TokenReader(reader.group() ?? []).names());
    else found.push(...one(reader));
    reader.at--;
  }
  return found;
}

function commentNames(reader: TokenReader): readonly ObjectName[] {
  if (reader.skipTo('on') === undefined) return [];
  reader.at++;
  const isColumn = reader.accept('column');
  const object = isColumn ? 'column' : readObjectType(reader);
  if (parts.has(object) || object === '') return namesBehind(reader, 'on');
  if (!isColumn && !relations.has(object)) return [];
  const [name] = one(reader);
  if (name === undefined || !isColumn) return name === undefined ? [] : [name];
  return [{ ...name, typed: name.typed.replace(/\.(?:"(?:[^"]|"")*"|[^".]+)$/, '') }];
}

function maintainedNames(command: string, reader: TokenReader): readonly ObjectName[] {
  reader.group();
  if (command === 'reindex') {
    const object = readObjectType(reader);
    if (object !== 'table' && object !== 'index') return [];
  }
  while (reader.acceptOneOf(['full', 'freeze', 'verbose', 'analyze', 'concurrently']) !== undefined);
  return reader.names();
}

function namesBehind(reader: TokenReader, word: string): readonly ObjectName[] {
  if (reader.skipTo(word) === undefined) return [];
  reader.at++;
  reader.accept('only');
  return one(reader);
}

function one(reader: TokenReader): readonly ObjectName[] {
  const name = reader.name();
  return name === undefined ? [] : [name];
}
