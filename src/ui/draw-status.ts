import type { Pooling } from '../catalog/server-traits.ts';
import { copyProgressText } from '../engine/copy-progress.ts';
import type { WireSecurity } from '../server/session.ts';
import { visible } from '../text/visible.ts';
import { displayWidth, truncate } from '../text/width.ts';
import { environmentWord, factsOf, type SessionFacts } from '../workbench/connection.ts';
import type { Model } from '../workbench/model.ts';
import { pipelineWord } from '../workbench/pipeline.ts';
import { clockText, durationText } from '../workbench/result-rule.ts';
import { idleWord } from '../workbench/transaction-warnings.ts';
import { unlockingText } from '../workbench/unlocking.ts';
import { isWatching } from '../workbench/watch-update.ts';
import { type Part, part, spread, widthOf } from './paint.ts';
import type { Style, Theme } from './theme.ts';

/** A word of the status line; where the line is short the ones with the highest number go first. */
interface Word {
  readonly parts: readonly Part[];
  readonly drop: number;
  /** Belongs to the word before it. */
  readonly isContinued?: boolean;
}

const securityWords: Readonly<Record<WireSecurity, string>> = {
  socket: 'socket',
  plain: 'no TLS',
  encrypted: 'TLS, not verified',
  'verified-ca': 'TLS, CA verified',
  'verified-full': 'TLS verified',
  embedded: 'embedded',
};

const poolingWords: Readonly<Record<Exclude<Pooling, 'none'>, string>> = {
  pooler: 'pooler',
  'transaction-pooler': 'pooled by transaction',
};

/** The first line: who, where, and what the transaction is. It drops words from the middle and never wraps. */
export function statusLine(model: Model, theme: Theme): readonly Part[] {
  const { columns } = model.size;
  const left = leftWords(model, theme);
  const right = rightWords(model);
  let words: readonly (Word & { readonly side: 'left' | 'right' })[] = [
    ...left.map((word) => ({ ...word, side: 'left' as const })),
    ...right.map((word) => ({ ...word, side: 'right' as const })),
  ];
  const width = () => words.reduce((sum, word) => sum + widthOf(word.parts) + 2, 0);
  while (width() > columns && words.length > 1) {
    const first = words.reduce((most, word) => (word.drop >= most.drop ? word : most));
    if (first.drop === 0) break;
    words = words.filter((word) => word !== first);
  }
  const join = (side: 'left' | 'right') =>
    words.filter((word) => word.side === side).flatMap((word) => [part(word.isContinued === true ? ' ' : '  '), ...word.parts]);
  return spread([part(' '), ...join('left').slice(1)], [...join('right').slice(1), part(' ')], columns);
}

function leftWords(model: Model, theme: Theme): readonly Word[] {
  const { connection } = model;
  if (connection.phase === 'none') return [{ parts: [part(model.programName, 'bold'), part('  not connected', 'dim')], drop: 0 }];
  if (connection.phase === 'connecting') {
    return [
      { parts: [part(model.programName, 'bold')], drop: 1 },
      { parts: [{ text: visible(`connecting to ${connection.to} …`), style: 'dim' }], drop: 0 },
    ];
  }
  const { facts } = connection;
  const { traits } = model.outside;
  const environment = environmentWord(facts.environment);
  const place = facts.security === 'embedded' ? facts.database : `${facts.user}@${facts.host}/${facts.database}`;
  return [
    { parts: [{ text: visible(facts.profile ?? model.programName), style: 'bold' }], drop: 3 },
    ...(environment === undefined ? [] : [{ parts: [environmentPart(environment, theme)], drop: 0 }]),
    ...(traits?.isStandby === true ? [{ parts: [part('STANDBY', 'warning')], drop: 1 }] : []),
    { parts: [{ text: visible(place), style: 'plain' }], drop: 0 },
    ...readOnlyWords(facts),
    ...(traits === undefined || traits.pooling === 'none' ? [] : [{ parts: [part(poolingWords[traits.pooling], 'warning')], drop: 3 }]),
    { parts: [{ text: visible(facts.version), style: 'dim' }], drop: 5 },
    {
      parts: [part(securityWords[facts.security], facts.security === 'plain' || facts.security === 'encrypted' ? 'warning' : 'dim')],
      drop: 4,
    },
  ];
}

/** By what nothing is written: a wall of the transaction is none of the role. */
function readOnlyWords({ readOnly }: SessionFacts): readonly Word[] {
  if (readOnly === undefined) return [];
  const by = readOnly === 'role' ? 'by transaction and role' : 'by transaction, not by role';
  return [
    { parts: [part('read-only', 'bold')], drop: 0 },
    { parts: [part(by, 'dim')], drop: 2, isContinued: true },
  ];
}

/** The rule under the status line; it says so while a read-only session lets writes through. */
export function statusRule(model: Model, theme: Theme): readonly Part[] {
  const { size, unlocking, now } = model;
  if (unlocking === undefined) return [part('─'.repeat(size.columns), ruleStyle(model))];
  const text = visible(` ${unlockingText(unlocking, now)} `);
  const shown = truncate(theme.hasColour ? text : visible(`!!${text}!!`), size.columns - 2);
  return [
    part('──', 'danger'),
    { text: shown, style: 'production' },
    part('─'.repeat(Math.max(0, size.columns - 2 - displayWidth(shown))), 'danger'),
  ];
}

function environmentPart(word: 'DEV' | 'STAGING' | 'PROD', theme: Theme): Part {
  if (word === 'PROD') return theme.hasColour ? part(' PROD ', 'production') : part('!! PROD !!', 'production');
  return part(` ${word} `, word === 'STAGING' ? 'staging' : 'development');
}

function rightWords(model: Model): readonly Word[] {
  const { connection, running, queue, now } = model;
  const words: Word[] = [];
  if (connection.phase === 'lost') words.push({ parts: [part('? lost', 'danger')], drop: 0 });
  if (connection.phase === 'open' && connection.status === 'transaction') {
    words.push({
      parts: [part('*', 'warning'), part(` in transaction ${clockText(now - (connection.transactionSince ?? now))}`, 'warning')],
      drop: 0,
    });
  }
  if (connection.phase === 'open' && connection.status === 'failed')
    words.push({ parts: [part('! failed, roll back', 'danger')], drop: 0 });
  if (connection.phase === 'open' && (connection.savepoints ?? 0) > 0) {
    const count = connection.savepoints ?? 0;
    words.push({ parts: [part(`· ${count} ${count === 1 ? 'savepoint' : 'savepoints'}`, 'warning')], drop: 2, isContinued: true });
  }
  if (connection.phase === 'open' && connection.pipeline !== undefined)
    words.push({ parts: [part(pipelineWord(connection.pipeline), connection.pipeline.isAborted ? 'danger' : 'warning')], drop: 0 });
  const idle = idleWord(model);
  if (idle !== undefined) words.push({ parts: [part(idle.text, idle.isLast ? 'danger' : 'warning')], drop: idle.isLast ? 0 : 1 });
  const [question] = model.questions;
  if (running !== undefined && question?.type === 'choice' && question.isBeforeSending === true) {
    words.push({ parts: [part('not sent yet', 'accent')], drop: 1 });
  } else if (running !== undefined) {
    const since = now - running.since;
    const clock = since >= 1000 ? ` ${clockText(since)}` : '';
    if (running.copy !== undefined)
      words.push({ parts: [part(copyProgressText(running.copy), 'accent')], drop: running.isCancelling ? 2 : 1 });
    const what = running.isCancelling ? 'cancelling' : isWatching(model) ? 'watching' : 'running';
    words.push({ parts: [part(`${what}${clock}`, 'accent')], drop: 1 });
    if (queue.length > 0) words.push({ parts: [part(`${queue.length} ${queue.length === 1 ? 'waits' : 'wait'}`, 'accent')], drop: 1 });
  } else if (model.lastTiming !== undefined) {
    words.push({ parts: [part(durationText(model.lastTiming), 'dim')], drop: 2 });
  }
  return words;
}

/** The style of the rule under the status line: red on production. */
function ruleStyle(model: Model): Style {
  return factsOf(model.connection)?.environment === 'production' ? 'danger' : 'rule';
}
