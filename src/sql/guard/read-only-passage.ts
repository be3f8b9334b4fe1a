import { assess, type KnownFacts } from './assess.ts';
import type { Effect } from './effect.ts';
import { readOnlyVerdict } from './read-only-verdict.ts';
import { type SqlToken, tokenizedStatements } from './tokens.ts';

/** How a text goes to the server on a read-only session. */
export type ReadOnlyPassage =
  | {
      readonly type: 'refused';
      /** One sentence. */
      readonly why: string;
    }
  /** Changes nothing but the session, or nothing at all: sent as it is, outside a READ ONLY transaction, that it may last. */
  | { readonly type: 'bare' }
  /** Allowed before the first query of a transaction only, and runs none: the snapshot is taken after it. */
  | { readonly type: 'modes' }
  /** Begins the user's transaction. `sql` is the text with READ ONLY. */
  | { readonly type: 'begin'; readonly sql: string }
  /** Ends the user's transaction; always by ROLLBACK, for there is nothing to commit. */
  | { readonly type: 'end'; readonly sql: string; readonly isCommit: boolean }
  /** Runs in a READ ONLY transaction that has its snapshot. */
  | {
      readonly type: 'walled';
      /** It does what the rollback at the end of the transaction takes back: settings, LISTEN, rows of temporary tables. */
      readonly isUndone: boolean;
    };

const transient =
  'would be undone with the READ ONLY transaction that this statement runs in; send SET, RESET or LISTEN as a statement of its own.';
// Client encodings in which the second byte of a character may be one of ASCII: the server finds quotes where the text has none.
const unsafeEncodings = new Set(['SJIS', 'SHIFT_JIS_2004', 'BIG5', 'GBK', 'UHC', 'GB18030', 'JOHAB']);

export interface PassageFacts extends KnownFacts {
  /** The user's own transaction is open, or has failed. */
  readonly isInTransaction: boolean;
  readonly clientEncoding?: string;
}

/** The way of a text as it is sent, whole; what it says of writing rows is left to the server, which refuses that. */
export function readOnlyPassage(sql: string, facts: PassageFacts): ReadOnlyPassage {
  const unreadable = unreadableBy(sql, facts);
  if (unreadable !== undefined) return refused(unreadable);
  const { effects } = assess(sql, facts);
  const statements = tokenizedStatements(sql, facts.standardStrings);
  const [statement, ...others] = statements;
  if (statement === undefined) return { type: 'bare' };
  const single = others.length === 0 ? passageOfOne(statement, effects, facts.isInTransaction) : undefined;
  if (single !== undefined) return single;
  const verdict = readOnlyVerdict(sql, facts);
  if (!verdict.allowed) return refused(verdict.why);
  if (facts.isInTransaction && statements.every(isShow)) return { type: 'modes' };
  return passageInside(statements, effects, facts.isInTransaction);
}

/** Why the server might read the text otherwise than it is read here. */
function unreadableBy(sql: string, { clientEncoding }: PassageFacts): string | undefined {
  // White space since PostgreSQL 16, before that an error.
  if (sql.includes('\v')) return 'This session is read-only: a vertical tab, which servers read differently, cannot be sent.';
  if (clientEncoding === undefined || !unsafeEncodings.has(clientEncoding) || /^[\0-\x7f]*$/.test(sql)) return undefined;
  return `This session is read-only: text that is not ASCII cannot be read safely in the client encoding ${clientEncoding}; use UTF8.`;
}

/** A statement that is all of the text; undefined where it goes the way of all others. */
function passageOfOne(statement: readonly SqlToken[], effects: readonly Effect[], isInTransaction: boolean): ReadOnlyPassage | undefined {
  const [effect] = effects;
  if (effect?.kind === 'transaction' && effect.via.length === 0) return transactionPassage(statement, effect, isInTransaction);
  if (effect?.kind === 'setting' && isWord(statement[0], 'set', 'reset')) return settingPassage(effect, isInTransaction);
  const isListening = effect?.kind === 'session' && isListen(effect);
  return isListening && !isInTransaction ? { type: 'bare' } : undefined;
}

function transactionPassage(
  statement: readonly SqlToken[],
  effect: Extract<Effect, { kind: 'transaction' }>,
  isInTransaction: boolean,
): ReadOnlyPassage | undefined {
  switch (effect.command) {
    case 'begin':
      return effect.readWrite ? undefined : { type: 'begin', sql: readOnlyBegin(statement) };
    case 'commit':
    case 'rollback': {
      // The server's warning that there is no transaction is the user's to see.
      if (!isInTransaction) return { type: 'bare' };
      const isChained = isWord(statement.at(-1), 'chain') && !isWord(statement.at(-2), 'no');
      return { type: 'end', sql: isChained ? 'ROLLBACK AND CHAIN' : 'ROLLBACK', isCommit: effect.command === 'commit' };
    }
    case 'savepoint':
    case 'release':
    case 'rollback-to':
      // Outside a transaction the server refuses them in its own words.
      return isInTransaction ? undefined : { type: 'bare' };
    case 'prepare':
    case 'commit-prepared':
    case 'rollback-prepared':
      return undefined;
  }
}

function settingPassage(effect: Extract<Effect, { kind: 'setting' }>, isInTransaction: boolean): ReadOnlyPassage | undefined {
  if (effect.name === 'transaction' && !effect.value.includes('read write')) return { type: isInTransaction ? 'modes' : 'bare' };
  const isRefused = effect.name === 'transaction' || effect.name === 'session characteristics' || effect.name.endsWith('_read_only');
  return isRefused || isInTransaction ? undefined : { type: 'bare' };
}

function passageInside(
  statements: readonly (readonly SqlToken[])[],
  effects: readonly Effect[],
  isInTransaction: boolean,
): ReadOnlyPassage {
  if (
    statements.length > 1 &&
    effects.some((effect) => effect.kind === 'transaction' && effect.via.length === 0 && effect.command === 'begin')
  )
    return refused(
      'This session is read-only: send BEGIN as a statement of its own, that the transaction it begins can be held read-only.',
    );
  const lasting = effects.find(isLasting);
  if (!isInTransaction) {
    if (lasting !== undefined)
      return refused(`This session is read-only: ${lasting.kind === 'setting' ? 'the setting' : 'LISTEN'} ${transient}`);
    if (statements.some(([first]) => isWord(first, 'declare')))
      return refused('This session is read-only: DECLARE CURSOR can only be used in a transaction block; send BEGIN first.');
  }
  return { type: 'walled', isUndone: lasting !== undefined || effects.some(isChange) };
}

/** What outlives its statement in the session, were it not rolled back. */
function isLasting(effect: Effect): boolean {
  if (effect.kind === 'session') return isListen(effect);
  return effect.kind === 'setting' && !effect.isLocal && effect.name !== 'transaction';
}

function isListen(effect: Extract<Effect, { kind: 'session' }>): boolean {
  return effect.command === 'listen' || effect.command === 'unlisten';
}

/** Succeeds on temporary tables only. */
function isChange(effect: Effect): boolean {
  switch (effect.kind) {
    case 'insert':
    case 'update':
    case 'delete':
    case 'merge':
      return true;
    case 'copy':
      return effect.direction.startsWith('from');
    default:
      return false;
  }
}

/** BEGIN with its modes, and READ ONLY at their end. */
function readOnlyBegin(statement: readonly SqlToken[]): string {
  const isModeless = statement.length === 1 || (statement.length === 2 && isWord(statement[1], 'work', 'transaction'));
  return `${statement.map((token) => token.text).join(' ')}${isModeless ? '' : ','} READ ONLY`;
}

function isShow([first]: readonly SqlToken[]): boolean {
  return isWord(first, 'show');
}

function isWord(token: SqlToken | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.value);
}

function refused(why: string): ReadOnlyPassage {
  return { type: 'refused', why };
}
