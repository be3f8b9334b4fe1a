import { activityQueries, activitySince, readActivity, type SessionActivity } from '../catalog/session-activity.ts';
import type { Interpreter } from '../engine/interpreter.ts';
import { probeServer } from '../engine/server-probe.ts';
import type { SideSession } from '../engine/side-session.ts';
import type { ConnectOutcome } from '../server/session.ts';
import { isSame, lookedAt } from './look.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import type { Looked } from './outside.ts';
import type { TransactionKeeper } from './transaction-keeper.ts';

export interface OutsideParts {
  readonly interpreter: Interpreter;
  readonly side: SideSession;
  readonly transaction: TransactionKeeper;
  openSide(): Promise<ConnectOutcome | undefined> | undefined;
  model(): Model;
  dispatch(message: Message): void;
}

/** Milliseconds between looks while the drawer is open, and at the least while it is not. */
const often = 2000;
const rarely = 60_000;
/** A statement that takes longer may be waiting for somebody. */
const suspicious = 2000;

/** Looks at the session from outside: what the server is like when it begins, its locks while there is something to see. */
export class OutsideKeeper {
  readonly #parts: OutsideParts;
  #lookedAt = 0;
  #looked: Looked | undefined;
  #isLooking = false;

  constructor(parts: OutsideParts) {
    this.#parts = parts;
  }

  /** There is another session. */
  async begin(): Promise<void> {
    const { interpreter, side, dispatch } = this.#parts;
    const { session } = interpreter;
    this.#looked = undefined;
    if (session === undefined || session.info.security === 'embedded') return;
    const traits = await probeServer({ side, open: () => this.#parts.openSide() }, session);
    if (traits !== undefined && interpreter.session === session) dispatch({ type: 'traits-known', traits });
  }

  /** A server since 14 tells of its promotion with the next answer. */
  follow(): void {
    const { interpreter, model, dispatch } = this.#parts;
    const { traits } = model().outside;
    const { session } = interpreter;
    if (session === undefined || traits === undefined) return;
    const told = session.parameters.get('in_hot_standby');
    const isStandby = told === undefined ? traits.isStandby : told === 'on';
    if (isStandby !== traits.isStandby) dispatch({ type: 'traits-known', traits: { ...traits, isStandby } });
  }

  /** Asked anew, since a session that is idle hears nothing of a promotion. */
  async isStandby(): Promise<boolean> {
    if (this.#parts.model().outside.traits?.isStandby !== true) return false;
    await this.begin();
    return this.#parts.model().outside.traits?.isStandby === true;
  }

  /** The clock has ticked. */
  tick(): void {
    const { model } = this.#parts;
    const { running, panel, now } = model();
    const what = lookedAt(model());
    if (what === undefined || this.#isLooking || this.#isFromInside()) return;
    const isOpen = panel?.type === 'transaction';
    if (!isSame(this.#looked, what)) {
      this.#looked = what;
      // Right after BEGIN there is nothing to see.
      this.#lookedAt = isOpen ? 0 : now - rarely + suspicious;
    }
    if (!isOpen && 'run' in what && (running === undefined || now - running.since < suspicious)) return;
    if (now - this.#lookedAt >= (isOpen ? often : rarely)) void this.#lookFromOutside(what);
  }

  /** The drawer's key: at once, and where no second connection can see the session, on its own. */
  async look(): Promise<void> {
    const { model, dispatch, side } = this.#parts;
    const what = lookedAt(model());
    if (what === undefined)
      return dispatch({ type: 'look-refused', why: 'No transaction is open and nothing runs: there are no locks to see.' });
    if (this.#isFromInside()) return await this.#lookFromInside(what);
    side.retry();
    await this.#lookFromOutside(what);
  }

  #isFromInside(): boolean {
    const { interpreter, model } = this.#parts;
    return interpreter.session?.info.security === 'embedded' || model().outside.traits?.isSeen === false;
  }

  async #lookFromOutside(what: Looked): Promise<void> {
    const { interpreter, side } = this.#parts;
    const { session } = interpreter;
    if (session === undefined || this.#isLooking) return;
    this.#lookedAt = this.#parts.model().now;
    if (session.versionNumber < activitySince) return this.#refuse('Servers before 9.6 do not tell who waits for whom.');
    this.#isLooking = true;
    const queries = activityQueries(session.info.processId, session.versionNumber);
    const seen = await this.#ask(side, queries);
    this.#isLooking = false;
    if (interpreter.session !== session) return;
    if (typeof seen === 'string') this.#refuse(`Locks are not known: ${seen}`);
    else this.#tell(seen, what, queries);
  }

  async #ask(side: SideSession, queries: readonly string[]): Promise<SessionActivity | string> {
    const answers = [];
    for (const sql of queries) {
      const answer = await side.ask(sql);
      if (!answer.ok) return answer.text;
      answers.push(answer);
    }
    return readActivity(answers);
  }

  async #lookFromInside(what: Looked): Promise<void> {
    const { interpreter, transaction } = this.#parts;
    const seen = await transaction.alone(() => interpreter.probe.lookAtOwnLocks());
    if (typeof seen === 'string') this.#refuse(seen);
    else this.#tell(seen, what, activityQueries('itself', interpreter.session?.versionNumber ?? 0));
  }

  #tell(activity: SessionActivity, of: Looked, queries: readonly string[]): void {
    this.#parts.dispatch({ type: 'looked', look: { activity, of, at: Date.now(), sql: queries } });
  }

  #refuse(why: string): void {
    this.#parts.dispatch({ type: 'look-refused', why });
  }
}
