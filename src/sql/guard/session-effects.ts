import { hasWord } from './definition-effects.ts';
import type { EffectKind, MaintenanceCommand } from './effect.ts';
import type { EffectCollector } from './effect-collector.ts';
import { readObjectType } from './object-type.ts';
import { TokenReader } from './token-reader.ts';
import type { SqlToken } from './tokens.ts';

type TransactionCommand = Extract<EffectKind, { kind: 'transaction' }>['command'];

/** BEGIN, COMMIT and their kin; false where the statement is none of them. */
export function addTransaction(statement: readonly SqlToken[], found: EffectCollector): boolean {
  const command = transactionCommand(new TokenReader(statement));
  if (command === undefined) return false;
  const words = statement.map((token) => token.value).join(' ');
  found.add({ kind: 'transaction', command, readWrite: words.includes('read write') }, statement);
  return true;
}

function transactionCommand(reader: TokenReader): TransactionCommand | undefined {
  switch (reader.word()) {
    case 'begin':
      return 'begin';
    case 'start':
      return reader.isAt('start', 'transaction') ? 'begin' : undefined;
    case 'commit':
    case 'end':
      return reader.word(1) === 'prepared' ? 'commit-prepared' : 'commit';
    case 'abort':
      return 'rollback';
    case 'rollback':
      if (reader.word(1) === 'prepared') return 'rollback-prepared';
      return hasWord(reader.tokens.slice(0, 3), 'to') ? 'rollback-to' : 'rollback';
    case 'savepoint':
    case 'release':
      return reader.word() === 'savepoint' ? 'savepoint' : 'release';
    case 'prepare':
      return reader.isAt('prepare', 'transaction') ? 'prepare' : undefined;
    default:
      return undefined;
  }
}

/** SET and RESET. */
export function addSetting(statement: readonly SqlToken[], command: 'set' | 'reset', found: EffectCollector): void {
  const reader = new TokenReader(statement, 1);
  const isLocal = reader.accept('local');
  const name = settingName(reader);
  if (!reader.acceptKind('operator', '=')) reader.accept('to');
  const value = reader
    .rest()
    .map((token) => token.value)
    .join(' ');
  found.add({ kind: 'setting', command, name, value, isLocal }, statement);
}

function settingName(reader: TokenReader): string {
  if (reader.accept('session', 'characteristics')) return 'session characteristics';
  if (reader.word(1) !== '' || reader.peek(1)?.kind === 'name') reader.accept('session');
  if (reader.accept('session', 'authorization') || reader.accept('authorization')) return 'session authorization';
  if (reader.accept('time', 'zone')) return 'timezone';
  return reader.name()?.parts.join('.').toLowerCase() ?? '';
}

/** DISCARD, LOAD, LISTEN, UNLISTEN, NOTIFY. */
export function addSession(
  statement: readonly SqlToken[],
  command: 'discard' | 'load' | 'listen' | 'unlisten' | 'notify',
  found: EffectCollector,
): void {
  found.add({ kind: 'session', command, name: statement[1]?.value ?? '' }, statement);
}

/** VACUUM, ANALYZE, CLUSTER, REINDEX, CHECKPOINT. */
export function addMaintenance(statement: readonly SqlToken[], command: MaintenanceCommand, found: EffectCollector): void {
  const reader = new TokenReader(statement, 1);
  const options = reader.group() ?? [];
  let isFull = optionIsOn(options, 'full');
  if (command === 'reindex') readObjectType(reader);
  for (let word = reader.acceptOneOf(maintenanceWords); word !== undefined; word = reader.acceptOneOf(maintenanceWords))
    isFull ||= word === 'full';
  found.add({ kind: 'maintenance', command, names: reader.names(), full: isFull }, statement);
}

const maintenanceWords = ['full', 'freeze', 'verbose', 'analyze', 'analyse', 'concurrently'];

/** Whether a boolean option among those in parentheses is given and not turned off. */
export function optionIsOn(options: readonly SqlToken[], name: string): boolean {
  const at = options.findLastIndex((token) => (token.kind === 'word' || token.kind === 'name') && token.value === name);
  if (at < 0) return false;
  const value = options[at + 1];
  return value === undefined || value.kind === 'comma' || !/^(?:off|false|0|f|n|no)$/i.test(value.value);
}

/** LOCK. */
export function addLock(statement: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(statement, 1);
  reader.accept('table');
  const names = reader.names();
  const mode: string[] = [];
  if (reader.accept('in')) for (; !reader.isDone && reader.word() !== 'mode'; reader.at++) mode.push(reader.word());
  found.add({ kind: 'lock-table', names, mode: mode.length > 0 ? mode.join(' ') : 'access exclusive' }, statement);
}

/** REFRESH MATERIALIZED VIEW. */
export function addRefresh(statement: readonly SqlToken[], found: EffectCollector): void {
  const reader = new TokenReader(statement, 1);
  reader.accept('materialized', 'view');
  const concurrently = reader.accept('concurrently');
  const target = reader.name();
  found.add({ kind: 'refresh', concurrently, ...(target === undefined ? {} : { target }) }, statement);
}
