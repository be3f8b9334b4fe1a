import { openPractice } from '../practice/open-practice.ts';
import type { ConnectOutcome } from '../server/session.ts';
import { untrusted } from '../text/untrusted.ts';
import type { Destination } from './connector.ts';
import { choiceQuestion, type PendingQuestion } from './question.ts';

export interface EmbeddedHost {
  readonly programName: string;
  ask(question: PendingQuestion): Promise<string | undefined>;
  say(text: string): void;
}

/** A practice database of the embedded engine. Where another process holds it, a throw-away copy is offered. */
export function embeddedDestination(database: string, host: EmbeddedHost): Destination {
  return {
    label: `practice database ${database}`,
    profile: 'practice',
    environment: undefined,
    isReadOnly: false,
    savepoints: undefined,
    open: () => open(database, host),
  };
}

async function open(database: string, host: EmbeddedHost): Promise<ConnectOutcome> {
  const options = { name: database, programName: host.programName };
  let outcome = await openPractice(options);
  if (!outcome.ok && outcome.held !== undefined) {
    if (!(await wantsCopy(host, outcome.text))) return outcome;
    outcome = await openPractice({ ...options, inMemory: true });
    if (outcome.ok) host.say('A throw-away copy in memory: what you change here is gone when you leave.');
  }
  if (!outcome.ok) return { ...outcome, text: untrusted(outcome.text) };
  for (const notice of outcome.notices) host.say(notice);
  if (!outcome.canInterrupt) host.say('Here Ctrl-C ends the engine and opens it again: what is committed stays, an open transaction goes.');
  return outcome;
}

async function wantsCopy(host: EmbeddedHost, reason: string): Promise<boolean> {
  const question = choiceQuestion(
    'practice-held',
    'The practice database is open elsewhere',
    [reason, 'Two programs on it at once would lose rows.'],
    [
      { id: 'leave', label: 'Leave it' },
      { id: 'copy', label: 'Open a throw-away copy in memory' },
    ],
    'leave',
  );
  return (await host.ask(question)) === 'copy';
}
