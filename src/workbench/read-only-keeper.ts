import { canWriteQuery } from '../catalog/write-privileges.ts';
import type { Interpreter } from '../engine/interpreter.ts';
import type { SideSession } from '../engine/side-session.ts';
import { factsOf } from './connection.ts';
import type { Severity } from './log.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import { type PendingQuestion, textQuestion } from './question.ts';
import { longestMinutes, readMinutes } from './unlocking.ts';

export interface ReadOnlyParts {
  readonly interpreter: Interpreter;
  readonly side: SideSession;
  model(): Model;
  dispatch(message: Message): void;
  say(severity: Severity, text: string): void;
  ask(question: PendingQuestion): Promise<string | undefined>;
}

/** What a read-only session is protected by, and the time for which it is not. */
export class ReadOnlyKeeper {
  readonly #parts: ReadOnlyParts;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: ReadOnlyParts) {
    this.#parts = parts;
  }

  /** There is another session, and it is locked. Whether the role itself could write is asked in its own time. */
  followed(): void {
    this.forget();
    const { interpreter, side, dispatch } = this.#parts;
    const { session } = interpreter;
    if (!interpreter.isReadOnly || session === undefined || session.info.security === 'embedded') return;
    void side.ask(canWriteQuery).then((answer) => {
      if (answer.ok && answer.rows[0]?.[0] === 'f' && interpreter.session === session) dispatch({ type: 'role-only-reads' });
    });
  }

  forget(): void {
    clearTimeout(this.#timer);
    if (this.#parts.model().unlocking === undefined) return;
    this.#parts.dispatch({ type: 'unlocking', unlocking: undefined });
    this.#parts.say('info', 'Read-only again.');
  }

  /** The key: unlocks where it is locked, and the other way round. */
  async toggle(): Promise<void> {
    const { interpreter, say } = this.#parts;
    switch (interpreter.writeAccess) {
      case undefined:
        return say('info', interpreter.session === undefined ? 'There is no session.' : 'This session is not read-only.');
      case 'locked':
        return await this.#unlock();
      case 'unlocked':
        return this.#relock();
      case 'closing':
        return say('warning', 'COMMIT or ROLLBACK the transaction that is open: then the session is read-only again.');
    }
  }

  /** After a run: the transaction that kept the session from being read-only again may be over. */
  settle(): void {
    const { interpreter, model } = this.#parts;
    if (model().unlocking !== undefined && interpreter.writeAccess !== 'unlocked') this.#tellLocked();
  }

  async #unlock(): Promise<void> {
    const { interpreter, dispatch, say, ask } = this.#parts;
    const { session } = interpreter;
    if (session?.status !== 'idle' || session.isBusy)
      return say('warning', 'Nothing was unlocked: something runs, or a transaction is open; end it first.');
    const reason = (
      await ask(textQuestion('unlock-reason', 'text', 'Why must this read-only session write? (kept in the messages)'))
    )?.trim();
    if (reason === undefined || reason === '') return say('info', 'Nothing was unlocked: that needs a reason.');
    const typed = await ask(textQuestion('unlock-minutes', 'text', `For how many minutes? (empty: 5, at most ${longestMinutes})`));
    if (typed === undefined) return say('info', 'Nothing was unlocked.');
    const minutes = readMinutes(typed);
    if (typeof minutes === 'string') return say('warning', minutes);
    if (!(await this.#confirms())) return say('warning', 'Nothing was unlocked: that was not its name.');
    if (interpreter.session !== session || !interpreter.unlock())
      return say('warning', 'Nothing was unlocked: something runs, or a transaction is open; end it first.');
    const milliseconds = minutes * 60_000;
    const until = Date.now() + milliseconds;
    this.#timer = setTimeout(() => this.#relock(), milliseconds);
    dispatch({ type: 'unlocking', unlocking: { until, reason, isClosing: false } });
    const { user, host, database } = session.info;
    say(
      'warning',
      `Writes go through to ${user}@${host}/${database} for ${minutes} min from ${new Date().toTimeString().slice(0, 8)} on: ${reason}`,
    );
  }

  /** On production the name is typed. */
  async #confirms(): Promise<boolean> {
    const facts = factsOf(this.#parts.model().connection);
    if (facts?.environment !== 'production') return true;
    const name = facts.profile ?? facts.database;
    return (
      (await this.#parts.ask(textQuestion('unlock-name', 'text', `This is PRODUCTION: type ${name} to let writes through`)))?.trim() ===
      name
    );
  }

  #relock(): void {
    clearTimeout(this.#timer);
    const { interpreter, model, dispatch, say } = this.#parts;
    const { unlocking } = model();
    interpreter.lock();
    if (interpreter.writeAccess !== 'closing' || unlocking === undefined) {
      this.#tellLocked();
      return;
    }
    dispatch({ type: 'unlocking', unlocking: { ...unlocking, isClosing: true } });
    const isOpen = interpreter.session?.status !== 'idle';
    if (isOpen) say('warning', 'Read-only again; the transaction that is open can only be ended: COMMIT or ROLLBACK it.');
  }

  #tellLocked(): void {
    clearTimeout(this.#timer);
    const { interpreter, model, dispatch, say } = this.#parts;
    if (model().unlocking === undefined || interpreter.writeAccess === 'closing') return;
    dispatch({ type: 'unlocking', unlocking: undefined });
    say('info', 'Read-only again.');
  }
}
