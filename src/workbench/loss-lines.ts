import { describeLoss } from '../engine/transaction/loss.ts';
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
    ...(shown.length === 0 ? [] : ['Statements of the lost transaction:']),
    ...(earlier === 0 ? [] : [`  ${groupDigits(earlier)} earlier ones; F4 lists them`]),
    ...shown.map(({ sql, changedRows }) => `  ${firstLine(sql)}${changedRows === 0 ? '' : ` (${groupDigits(changedRows)} rows)`}`),
    ...report.unanswered.map((sql) => `Sent, and never answered: ${firstLine(sql)}`),
    ...(report.outcome === 'unknown' ? ['Whether that was committed is not known.'] : []),
  ];
}
