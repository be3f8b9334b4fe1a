import { type CommitVerdict, lookUpSql } from '../engine/transaction/commit-outcome.ts';
import { describeLoss, type InDoubt, inDoubt } from '../engine/transaction/loss.ts';
import type { TransactionRecord } from '../engine/transaction/record.ts';
import { firstLine } from '../engine/transaction/sent-statement.ts';
import { groupDigits } from './result-rule.ts';

/** The newest ones say most; all of them stand in the drawer. */
const longest = 6;

/** What the lost transaction had done, statement by statement, for the question that follows a loss. */
export function lossLines(record: TransactionRecord | undefined): readonly string[] {
  const report = record && describeLoss(record);
  if (report === undefined) return [];
  const shown = report.statements.slice(-longest);
  const earlier = report.unlisted + report.statements.length - shown.length;
  return [
    ...(shown.length === 0
      ? []
      : [report.outcome === 'unknown' ? 'Statements of its transaction:' : 'Statements of the lost transaction:']),
    ...(earlier === 0 ? [] : [`  ${groupDigits(earlier)} earlier ones; F4 lists them`]),
    ...shown.map(
      ({ sql, changedRows }) =>
        `  ${firstLine(sql)}${changedRows === 0 ? '' : ` (${groupDigits(changedRows)} ${changedRows === 1 ? 'row' : 'rows'})`}`,
    ),
    ...report.unanswered.map((sql) => `Sent, and never answered: ${firstLine(sql)}`),
  ];
}

/** What became of what was on its way; `looking`: it is being asked for. None where nothing may have been committed. */
export function outcomeLines(record: TransactionRecord | undefined, verdict: CommitVerdict | 'looking' | undefined): readonly string[] {
  if (record?.loss?.ended?.outcome === 'committed') return ['COMMIT was answered before that: the transaction is committed.'];
  const doubt = record && inDoubt(record);
  if (doubt === undefined) return [];
  const said = verdict === 'looking' ? ['Whether it was committed is being looked up …'] : verdictLines(doubt, verdict);
  return doubt.hasMore ? [...said, 'Whether what followed it in the same string was carried out is not known.'] : said;
}

function verdictLines(doubt: InDoubt, verdict: CommitVerdict | undefined): readonly string[] {
  switch (verdict?.kind) {
    case 'committed':
      return [
        doubt.what === 'prepare'
          ? 'The transaction was prepared, and has been committed since: the server says so.'
          : 'COMMIT was carried out: the server says that the transaction is committed.',
        ...(verdict.standbys ? ['Its synchronous standbys may not have it yet: the server did not get to say.'] : []),
      ];
    case 'rolled-back':
      return [
        `${doubt.what === 'prepare' ? 'PREPARE TRANSACTION' : 'COMMIT'} was not carried out: the server says that everything was rolled back.`,
      ];
    case 'prepared':
      return [`The transaction is prepared as '${verdict.id}': COMMIT PREPARED or ROLLBACK PREPARED ends it.`];
    case 'nothing-written':
      return ['The transaction had changed no data, so there was nothing to commit.'];
    case 'in-progress':
      return ['It is not decided yet: the process of the lost session still runs.', ...byHand(doubt)];
    case 'unknown':
    case undefined:
      return unknownLines(doubt, verdict?.why);
  }
}

const reasons = {
  'not-noted': 'its transaction id was not known when it was sent',
  'no-answer': 'no second connection answers',
  'other-server': 'the server has been started anew since, or is another one',
  forgotten: 'the server does not remember that transaction',
} as const;

function unknownLines(doubt: InDoubt, why: keyof typeof reasons | undefined): readonly string[] {
  if (doubt.what === 'statement') return ['Whether it took effect is not known: look before you run it again.'];
  const reason = why === undefined ? '' : `: ${reasons[why]}`;
  const byId = why === 'no-answer' ? byHand(doubt) : [];
  return [
    `Whether it was committed is not known${reason}.`,
    ...(byId.length > 0 ? byId : ['Look for what its statements changed before you run them again.']),
  ];
}

function byHand({ evidence }: InDoubt): readonly string[] {
  const sql = lookUpSql(evidence);
  return sql === undefined ? [] : [`To look by hand, on this server as long as it is not started anew: ${sql}`];
}
