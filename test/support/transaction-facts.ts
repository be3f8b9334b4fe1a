import { advance, newRecord, type TransactionFact, type TransactionRecord } from '../../src/engine/transaction/record.ts';
import type { TransactionStatus } from '../../src/result/server-event.ts';

/** A string, the tags it was answered with (`!23514` for an error), and the status after it. */
export type Told = readonly [sql: string, answers: string, status: TransactionStatus];

/** A record that was told of these exchanges, one a second from 1000 ms on, each statement taking 10 ms. */
export function recordOf(...told: readonly Told[]): TransactionRecord {
  return tell(newRecord('idle'), ...told);
}

export function tell(record: TransactionRecord, ...told: readonly Told[]): TransactionRecord {
  return told.reduce((before, [sql, answers, status]) => {
    const at = ((before.exchangeCount + 1) * 1000) as number;
    return advanceAll(before, [{ type: 'sent', sql, at }, ...answerFacts(answers), { type: 'ready', status, at: at + 500 }]);
  }, record);
}

export function advanceAll(record: TransactionRecord, facts: readonly TransactionFact[]): TransactionRecord {
  return facts.reduce(advance, record);
}

function answerFacts(answers: string): readonly TransactionFact[] {
  return answers
    .split(', ')
    .filter((answer) => answer !== '')
    .map((answer, index) => {
      const milliseconds = (index + 1) * 10;
      if (!answer.startsWith('!')) return { type: 'complete', tag: answer, milliseconds };
      return { type: 'error', error: { code: answer.slice(1), message: 'no' }, milliseconds };
    });
}

/** The timeline as lines: indented, undone ones in parentheses. */
export function timelineOf(record: TransactionRecord): readonly string[] {
  return (record.transaction?.entries ?? record.ended?.entries ?? []).map((entry) => {
    const text = `${'  '.repeat(entry.depth)}${entryText(entry)}`;
    return entry.isUndone ? `(${text})` : text;
  });
}

function entryText(entry: NonNullable<TransactionRecord['transaction']>['entries'][number]): string {
  switch (entry.kind) {
    case 'begin':
      return 'begin';
    case 'statement':
      return `${entry.sql} ${entry.error === undefined ? (entry.tag ?? '') : `!${entry.error.code}`}`.trimEnd();
    case 'savepoint':
    case 'release':
    case 'rollback-to':
      return `${entry.kind} ${entry.name}`;
    case 'unknown':
      return `unknown: ${entry.reason}`;
    case 'folded':
      return `${entry.statements} statements, ${entry.changedRows} rows`;
  }
}
