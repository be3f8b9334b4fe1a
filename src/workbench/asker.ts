import type { Question } from '../engine/output-event.ts';
import type { Message } from './message.ts';
import { choiceQuestion, copyDataQuestion, type PendingQuestion, textQuestion } from './question.ts';
import { groupDigits } from './result-rule.ts';

/** Asks on the screen, one question at a time, and knows who waits for which answer. */
export class Asker {
  readonly #dispatch: (message: Message) => void;
  readonly #waiting = new Map<string, (answer: string | undefined) => void>();
  #next = 1;
  #wake: ((asksAgain: boolean) => void) | undefined;

  constructor(dispatch: (message: Message) => void) {
    this.#dispatch = dispatch;
  }

  /** False: nobody waits for it. */
  give(id: string, answer: string | undefined): boolean {
    const resolve = this.#waiting.get(id);
    this.#waiting.delete(id);
    resolve?.(answer);
    return resolve !== undefined;
  }

  /** A question of the engine's. undefined: declined. */
  ask(question: Question): Promise<string | undefined> {
    const id = `ask-${this.#next++}`;
    return this.choose(question.type === 'copy-data' ? copyDataQuestion(id) : textQuestion(id, question.type, question.prompt.trim()));
  }

  /** A question of the workbench's own. */
  choose(question: PendingQuestion): Promise<string | undefined> {
    this.#dispatch({ type: 'asked', question });
    return new Promise((resolve) => this.#waiting.set(question.id, resolve));
  }

  /** The spool is at its limit. Whoever waits may look at the rows there are and is asked again on `wake`. */
  async askToReadOn(bytes: number): Promise<boolean> {
    for (;;) {
      const answer = await this.#askAtLimit(bytes);
      if (answer === 'on' || answer === 'stop') return answer === 'on';
      const asksAgain = await new Promise<boolean>((resolve) => {
        this.#wake = resolve;
      });
      if (!asksAgain) return false;
    }
  }

  /** Asks again what is to be done with the rows that wait; false: they are not wanted. */
  wake(asksAgain: boolean): void {
    this.#wake?.(asksAgain);
    this.#wake = undefined;
  }

  #askAtLimit(bytes: number): Promise<string | undefined> {
    const question = choiceQuestion(
      `cap-${this.#next++}`,
      `This result holds ${groupDigits(Math.round(bytes / 1024 ** 2))} MB on disk`,
      [
        'Reading waits. While it does, the server keeps the statement open: its snapshot, which holds back VACUUM, and its locks.',
        'No other statement runs meanwhile; Ctrl-C ends it.',
      ],
      [
        { id: 'wait', label: 'Keep waiting, look at what is there' },
        { id: 'stop', label: 'Stop here, keep what was read' },
        { id: 'on', label: 'Read on' },
      ],
      'wait',
    );
    return this.choose(question);
  }
}
