import { emptyText, type TextValue } from '../text/text-value.ts';

export interface Choice {
  readonly id: string;
  readonly label: string;
  /** Takes it at once. */
  readonly key?: string;
}

/** One question on the screen. Esc is always the safe way out; the answer to `choice` then is undefined. */
export type PendingQuestion =
  | { readonly id: string; readonly type: 'text' | 'secret'; readonly prompt: string; readonly note?: string; readonly field: TextValue }
  | { readonly id: string; readonly type: 'copy-data'; readonly lines: readonly string[]; readonly field: TextValue }
  | {
      readonly id: string;
      readonly type: 'choice';
      readonly title: string;
      readonly lines: readonly string[];
      readonly choices: readonly Choice[];
      /** The default stands first in mind, not in order: it is the safe one. */
      readonly chosen: number;
      /** Typing this name gives an answer that is not among the choices. */
      readonly naming?: Naming;
      /** Right above the messages: what was done before stays in sight. */
      readonly place?: 'low';
      /** The statement it is about has not been sent: nothing runs. */
      readonly isBeforeSending?: true;
    };

type ChoiceQuestion = Extract<PendingQuestion, { readonly type: 'choice' }>;

export interface Naming {
  readonly prompt: string;
  readonly name: string;
  readonly answer: string;
  readonly field: TextValue;
  /** Another name was given. */
  readonly isWrong: boolean;
}

export function textQuestion(id: string, type: 'text' | 'secret', prompt: string): PendingQuestion {
  return { id, type, prompt, field: emptyText };
}

export function copyDataQuestion(id: string): PendingQuestion {
  return { id, type: 'copy-data', lines: [], field: emptyText };
}

export function choiceQuestion(
  id: string,
  title: string,
  lines: readonly string[],
  choices: readonly Choice[],
  safe: string,
): ChoiceQuestion {
  const chosen = Math.max(
    0,
    choices.findIndex((choice) => choice.id === safe),
  );
  return { id, type: 'choice', title, lines, choices, chosen };
}

/**
 * Before something is lost. The answer `run` runs the statement, `rehearse` rehearses it, where that can be; any other leaves it. With a
 * name, that has to be typed.
 */
export function guardQuestionOnScreen(
  id: string,
  why: string,
  lines: readonly string[],
  name: string | undefined,
  canRehearse: boolean,
): PendingQuestion {
  const rehearse = { id: 'rehearse', label: 'Rehearse it: see what it would do, then decide' };
  const safe = [{ id: 'keep', label: 'Do not run it' }, ...(canRehearse ? [rehearse] : [])];
  if (name === undefined)
    return { ...choiceQuestion(id, why, lines, [...safe, { id: 'run', label: 'Run it' }], 'keep'), isBeforeSending: true };
  const naming = { prompt: `To run it, type its name: ${name}`, name, answer: 'run', field: emptyText, isWrong: false };
  const question = choiceQuestion(id, why, lines, safe, 'keep');
  return { ...question, naming, isBeforeSending: true };
}

/** Before what was rehearsed is committed on production. The answer `commit` commits; with a name, that has to be typed. */
export function rehearsalQuestion(id: string, lines: readonly string[], name: string | undefined): PendingQuestion {
  const title = 'Commit on PROD what was rehearsed?';
  const stay = { id: 'stay', label: 'Look at it further' };
  if (name === undefined) return choiceQuestion(id, title, lines, [stay, { id: 'commit', label: 'Commit' }], 'stay');
  const naming = { prompt: `To commit it, type the table's name: ${name}`, name, answer: 'commit', field: emptyText, isWrong: false };
  const question = choiceQuestion(id, title, lines, [stay], 'stay');
  return { ...question, naming };
}

/** Before a rehearsal does what its rollback will not undo. The answer `rehearse` runs it; any other leaves it. */
export function lastingQuestion(lines: readonly string[]): PendingQuestion {
  const leave = { id: 'leave', label: 'Do not rehearse it' };
  const title = 'A rollback would not undo all that this does.';
  const question = choiceQuestion('lasting', title, lines, [leave, { id: 'rehearse', label: 'Rehearse it all the same' }], 'leave');
  return { ...question, isBeforeSending: true };
}

const stay: Choice = { id: 'stay', label: 'Stay' };

/** What would end an open transaction by leaving its session; the default is to stay. */
function leaveQuestion(id: string, leave: 'quit' | 'connect', status: 'transaction' | 'failed'): ChoiceQuestion {
  const rollback: Choice = { id: 'rollback', label: `Roll back and ${leave}` };
  if (status === 'failed')
    return choiceQuestion(id, 'A failed transaction is open', ['Only rolling it back is possible.'], [stay, rollback], 'stay');
  const lines = ['What it changed is lost unless it is committed.'];
  return choiceQuestion(id, 'A transaction is open', lines, [stay, { id: 'commit', label: `Commit and ${leave}` }, rollback], 'stay');
}

/** Quitting with a transaction open. What runs in it cannot be cancelled without failing it: there is nothing to commit before its end. */
export function quitQuestion(status: 'transaction' | 'failed', isRunning: boolean): ChoiceQuestion {
  if (!isRunning) return leaveQuestion('quit', 'quit', status);
  const lines = ['A statement is still running in it: it would be cancelled.', 'What the transaction changed would be lost.'];
  const choices = [stay, { id: 'rollback', label: 'Cancel it, roll back and quit' }];
  return choiceQuestion('quit', 'A transaction is open', lines, choices, 'stay');
}

/** \c, or another profile, with a transaction open. */
export function connectQuestion(status: 'transaction' | 'failed'): PendingQuestion {
  return leaveQuestion('leave', 'connect', status);
}

export function quitRunningQuestion(): PendingQuestion {
  return choiceQuestion(
    'quit',
    'A statement is running',
    ['Quitting cancels it.'],
    [stay, { id: 'rollback', label: 'Cancel it and quit' }],
    'stay',
  );
}

/** The statement ended while it was asked whether to quit over it. */
export function quitAfterAllQuestion(): ChoiceQuestion {
  return choiceQuestion(
    'quit',
    'The statement has ended',
    ['Quitting lets go of its result.'],
    [stay, { id: 'rollback', label: 'Quit' }],
    'stay',
  );
}
