import { standing, type TableSession } from '../catalog/rehearsal/table-sessions.ts';
import type { DdlFacts } from '../sql/guard/ddl-fact.ts';
import { clockText } from './result-rule.ts';

/** What is known of a command on tables before it is sent. */
export interface DdlFindings {
  readonly facts: DdlFacts;
  /** As the server writes them. */
  readonly tables: readonly string[];
  /** Names in the text that mean no table there. */
  readonly hasUnknown: boolean;
  /** A sentence each: size and rows, and what depends on it. */
  readonly sizes: readonly string[];
  /** Undefined: they could not be asked for, `why` says. */
  readonly sessions: readonly TableSession[] | undefined;
  readonly why: string;
  /** Why it cannot be run dry. */
  readonly refusal: string | undefined;
}

/** Who waits behind a lock that is waited for or held. */
const behind: Readonly<Record<DdlFacts['lock'], string>> = {
  AccessShare: 'nobody but DROP, TRUNCATE and their like',
  RowShare: 'nobody but whoever wants it for himself',
  RowExclusive: 'whoever builds an index or changes the definition',
  ShareUpdateExclusive: 'other changes to the definition, VACUUM, ANALYZE',
  Share: 'every writer',
  ShareRowExclusive: 'every writer',
  Exclusive: 'every writer, and SELECT … FOR UPDATE',
  AccessExclusive: 'every reader and every writer',
};

const rewriteWords: Readonly<Record<DdlFacts['rewrites'], string>> = {
  yes: 'yes: all rows are written anew',
  no: 'no',
  depends: 'perhaps: that shows only when it runs',
};

/** A line and the word before it, '' where it goes on with the one before. */
export interface ReportLine {
  readonly word: string;
  readonly text: string;
}

export interface DdlReport {
  readonly lines: readonly ReportLine[];
  /** What was asked for it. */
  readonly sql: readonly string[];
  /** It can be run dry. */
  readonly canRun: boolean;
}

export function ddlReportLines({ facts, tables, hasUnknown, sizes, sessions, why, refusal }: DdlFindings): readonly ReportLine[] {
  const on = tables.length === 0 ? '' : ` on ${tables.join(', ')}`;
  const of = tables.length === 0 ? 'the table' : tables.join(', ');
  return [
    { word: 'lock', text: `${facts.lock}${on}` },
    { word: '', text: facts.why },
    { word: 'rewrite', text: rewriteWords[facts.rewrites] },
    ...(hasUnknown ? [{ word: 'unknown', text: 'A name in it means no table here.' }] : []),
    ...listed('what it is', sizes),
    ...listed('sessions', sessionTexts(facts, sessions, why)),
    { word: 'behind it', text: `${behind[facts.lock]} of ${of} would queue, from the moment it waits until its transaction ends` },
    { word: '', text: '' },
    { word: '', text: refusal ?? 'Enter runs it dry, in a transaction that holds its lock until you commit or roll back.' },
  ];
}

function listed(word: string, texts: readonly string[]): readonly ReportLine[] {
  return texts.map((text, index) => ({ word: index === 0 ? word : '', text }));
}

/** Those it would wait for first. */
function sessionTexts(facts: DdlFacts, sessions: readonly TableSession[] | undefined, why: string): readonly string[] {
  if (sessions === undefined) return [`not known: ${why}`];
  if (sessions.length === 0) return ['nobody else holds a lock on it now'];
  const ordered = ['blocks', 'queues', 'apart'].flatMap((what) => sessions.filter((session) => standing(facts.lock, session) === what));
  return ordered.map((session) => sessionText(facts, session));
}

const standingWords = {
  blocks: 'it would wait for this one',
  queues: 'stands before it in the queue',
  apart: 'goes on beside it',
} as const;

function sessionText(facts: DdlFacts, session: TableSession): string {
  const { processId, user, application, state, mode, isGranted, table, age } = session;
  const who = [user, application].filter((word) => word !== '').join(' ');
  const does = isGranted ? `holds ${mode} on ${table}` : `waits for ${mode} on ${table}`;
  const what = state === '' ? '' : ` · ${state}${age > 0 ? ` ${clockText(age * 1000)}` : ''}`;
  return `${processId} ${who}${what} · ${does}: ${standingWords[standing(facts.lock, session)]}`;
}
