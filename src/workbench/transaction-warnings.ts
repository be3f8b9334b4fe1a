import { dueWarnings, idleTime, idleTimeLeft, type TransactionWarning } from '../engine/transaction/timers.ts';
import { say } from './log.ts';
import type { Model } from './model.ts';
import { clockText } from './result-rule.ts';

/** Says what fell due; nothing while a statement runs: what falls due meanwhile is said after it. */
export function warned(model: Model): Model {
  const { transaction: record, connection, running, warnings, now } = model;
  if (running !== undefined || connection.phase !== 'open') return model;
  const due = record === undefined ? [] : dueWarnings(record, warnings.times, record.idleTimeout?.value ?? 0, warnings.at, now);
  const log = due.reduce((before, warning) => say(before, { at: now, severity: 'warning', text: warningText(warning) }), model.log);
  return { ...model, log, warnings: { ...warnings, at: now } };
}

/** The word of the status line for a transaction that has been idle too long, or is about to be ended for it. */
export function idleWord(model: Model): { readonly text: string; readonly isLast: boolean } | undefined {
  const { transaction: record, running, warnings, now } = model;
  if (record === undefined || running !== undefined) return undefined;
  const idle = idleTime(record, now) ?? 0;
  const left = idleTimeLeft(record, record.idleTimeout?.value ?? 0, now);
  if (left !== undefined && left <= Math.max(0, ...warnings.times.left)) return { text: `ends in ${clockText(left)}`, isLast: true };
  const first = Math.min(...warnings.times.idle);
  return idle >= first ? { text: `idle ${clockText(idle)}`, isLast: false } : undefined;
}

function warningText({ kind, milliseconds }: TransactionWarning): string {
  const time = durationWords(milliseconds);
  switch (kind) {
    case 'idle':
      return `The transaction has been idle for ${time}; it keeps its locks. F4 shows it.`;
    case 'age':
      return `The transaction has been open for ${time}; it holds back VACUUM. F4 shows it.`;
    case 'left':
      return `The server ends this session in ${time} and rolls back: its idle timeout.`;
  }
}

/** `30 s`, `5 min`, `1 h`: the largest unit that divides it. */
export function durationWords(milliseconds: number): string {
  const units = [
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ] as const;
  const [size, unit] = units.find(([length]) => milliseconds % length === 0) ?? [1, 'ms'];
  return `${milliseconds / size} ${unit}`;
}
