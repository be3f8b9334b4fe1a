/** transaction_isolation as the server spells it. */
export type Isolation = 'serializable' | 'repeatable read' | 'read committed' | 'read uncommitted';

/** What BEGIN, SET TRANSACTION or SHOW say; what they do not name is absent. */
export interface TransactionModes {
  readonly isolation?: Isolation;
  readonly isReadOnly?: boolean;
  readonly isDeferrable?: boolean;
}

/** A value and when it was true, in milliseconds since 1970: functions may change it unseen. */
export interface Known<Value> {
  readonly value: Value;
  readonly at: number;
}

/** What is known of a transaction; absent is not known, never a default. */
export interface Characteristics {
  readonly isolation?: Known<Isolation>;
  readonly isReadOnly?: Known<boolean>;
  readonly isDeferrable?: Known<boolean>;
}

/** The modes of a list of them: key words in lower case, single blanks between. Of two of a kind the last one counts. */
export function modesNamed(words: string): TransactionModes {
  const level = lastMatch(words, /isolation level (serializable|repeatable read|read committed|read uncommitted)/g);
  const access = lastMatch(words, /\bread (only|write)\b/g);
  const deferrable = lastMatch(words, /\b((?:not )?deferrable)\b/g);
  const isolation = isolations.find((known) => known === level);
  return {
    ...(isolation === undefined ? {} : { isolation }),
    ...(access === undefined ? {} : { isReadOnly: access === 'only' }),
    ...(deferrable === undefined ? {} : { isDeferrable: deferrable === 'deferrable' }),
  };
}

export function withModes(known: Characteristics, modes: TransactionModes, at: number): Characteristics {
  const { isolation, isReadOnly, isDeferrable } = modes;
  return {
    ...known,
    ...(isolation === undefined ? {} : { isolation: { value: isolation, at } }),
    ...(isReadOnly === undefined ? {} : { isReadOnly: { value: isReadOnly, at } }),
    ...(isDeferrable === undefined ? {} : { isDeferrable: { value: isDeferrable, at } }),
  };
}

export const isolations: readonly Isolation[] = ['serializable', 'repeatable read', 'read committed', 'read uncommitted'];

function lastMatch(text: string, rule: RegExp): string | undefined {
  return [...text.matchAll(rule)].at(-1)?.[1];
}
