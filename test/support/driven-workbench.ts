import { Controller } from '../../src/workbench/controller.ts';
import { stripOf } from '../../src/workbench/log.ts';
import type { Model } from '../../src/workbench/model.ts';
import type { PendingQuestion } from '../../src/workbench/question.ts';
import { testTarget } from './open-test-session.ts';

export type Choice = Extract<PendingQuestion, { readonly type: 'choice' }>;

/** The workbench without a terminal, driven by its keys: for what has to be done hundreds of times. It keeps its files where XDG_* say. */
export class DrivenWorkbench {
  readonly #controller: Controller;

  private constructor(controller: Controller) {
    this.#controller = controller;
  }

  static async open(
    target = testTarget(),
    variables: Readonly<Record<string, string>> = {},
    size = { columns: 100, rows: 40 },
  ): Promise<DrivenWorkbench> {
    const controller = new Controller(
      {
        programName: 'howdah',
        start: { type: 'target', target },
        askPassword: 'never',
        variables,
        print: {},
        readsStartupFiles: false,
        environment: {},
      },
      {
        size: () => size,
        write: () => undefined,
        handOver: (work) => work(),
        redraw: () => undefined,
      },
    );
    controller.start();
    const workbench = new DrivenWorkbench(controller);
    await workbench.until('a session', ({ connection }) => connection.phase === 'open');
    return workbench;
  }

  get model(): Model {
    return this.#controller.model;
  }

  /** The question asked now, where it is one of several choices. */
  get question(): Choice | undefined {
    const [question] = this.model.questions;
    return question?.type === 'choice' ? question : undefined;
  }

  /** All that was said so far. */
  get said(): string {
    return this.model.log.entries.map(({ text }) => text).join('\n');
  }

  get strip(): string {
    return stripOf(this.model.log)
      .map(({ text }) => text)
      .join('\n');
  }

  type(text: string): void {
    this.#controller.dispatch({ type: 'key', event: { type: 'text', text }, now: Date.now() });
  }

  press(...chords: readonly string[]): void {
    for (const chord of chords) this.#controller.dispatch({ type: 'key', event: { type: 'chord', chord }, now: Date.now() });
  }

  /** Types into the console, runs it, and does not wait. */
  send(text: string): void {
    this.press('ctrl+u');
    this.type(text);
    this.press('enter');
  }

  /** Runs it as F5 runs a statement, whatever stands in the console, to its end or to a question. */
  async runStatement(text: string): Promise<void> {
    const submission = { bufferId: 'console', mode: 'statement', text, base: 0 } as const;
    this.#controller.dispatch({ type: 'submitted', submission, now: Date.now() });
    await this.settled(text);
  }

  /** Runs it to its end, or to a question. */
  async run(text: string): Promise<void> {
    this.send(text);
    await this.settled(text);
  }

  /** What runs has ended, or something is asked. */
  settled(what: string): Promise<void> {
    return this.until(`the end of ${what}`, ({ running, questions }) => running === undefined || questions.length > 0);
  }

  /** Moves to a choice by its id and takes it. */
  choose(id: string): void {
    const { question } = this;
    const at = question?.choices.findIndex((choice) => choice.id === id) ?? -1;
    if (question === undefined || at < 0) throw new Error(`no choice ${id}`);
    for (let step = question.chosen; step !== at; step = (step + 1) % question.choices.length) this.press('down');
    this.press('enter');
  }

  /** Rejects after the limit: what hangs is found so. */
  until(what: string, holds: (model: Model) => boolean, milliseconds = 20_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!holds(this.model)) return;
        clearTimeout(timer);
        leave();
        resolve();
      };
      const leave = this.#controller.subscribe(check);
      const timer = setTimeout(() => {
        leave();
        const { connection, running, questions } = this.model;
        reject(new Error(`no ${what}: ${JSON.stringify({ phase: connection.phase, running, questions })} ${this.said.slice(-500)}`));
      }, milliseconds);
      check();
    });
  }

  /** Quits as it is told to: an open transaction is rolled back. */
  async close(): Promise<void> {
    while (this.model.questions.length > 0) this.press('escape');
    this.press('ctrl+q');
    if (this.question !== undefined) this.choose('rollback');
    await this.#controller.ended;
  }
}
