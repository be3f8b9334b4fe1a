import type { Interpreter } from '../engine/interpreter.ts';
import type { SideSession } from '../engine/side-session.ts';
import type { TransactionAction } from '../engine/transaction/action-sql.ts';
import type { TransactionModes } from '../engine/transaction/characteristics.ts';
import { settingMilliseconds, type WarningTimes, warningTimes } from '../engine/transaction/timers.ts';
import { automaticName } from '../engine/transaction/undo-targets.ts';
import type { Session } from '../server/session.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import { choiceQuestion, type PendingQuestion, textQuestion } from './question.ts';
import { usualWarnings } from './warnings.ts';

export interface TransactionKeeperParts {
  readonly interpreter: Interpreter;
  readonly side: SideSession;
  model(): Model;
  dispatch(message: Message): void;
  ask(question: PendingQuestion): Promise<string | undefined>;
}

const beginnings: readonly (readonly [label: string, modes: TransactionModes])[] = [
  ["The server's default", {}],
  ['Read committed', { isolation: 'read committed' }],
  ['Repeatable read', { isolation: 'repeatable read' }],
  ['Serializable', { isolation: 'serializable' }],
  ['Read only', { isReadOnly: true }],
  ['Repeatable read, read only', { isolation: 'repeatable read', isReadOnly: true }],
  ['Serializable, read only, deferrable: waits for a safe snapshot', { isolation: 'serializable', isReadOnly: true, isDeferrable: true }],
];

/** Tells the model what is known of the transaction, and asks what the drawer's keys need to know. */
export class TransactionKeeper {
  readonly #parts: TransactionKeeperParts;
  #asking: Promise<void> = Promise.resolve();
  /** The last ReadyForQuery after which nothing more had to be asked. */
  #askedAt: number | undefined;
  /** The session whose first idle timeout was read. */
  #timeoutOf: Session | undefined;

  constructor(parts: TransactionKeeperParts) {
    this.#parts = parts;
  }

  /** Nothing of this is on its way to the server any more. */
  settled(): Promise<void> {
    return this.#asking;
  }

  /** Does what needs the person's own session; nothing typed runs on it meanwhile. */
  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#asking.then(work);
    this.#asking = result.then(() => undefined);
    return result;
  }

  /** After a run, and when the drawer opens: asks the server once where there is something new, since that starts its idle timeout anew. */
  follow(): Promise<void> {
    this.#asking = this.#asking.then(() => this.#follow());
    return this.#asking;
  }

  async #follow(): Promise<void> {
    const { interpreter, model } = this.#parts;
    const { transaction } = interpreter.transaction ?? {};
    // Once it has failed nothing can be asked any more; after a statement pg_stat_activity goes on naming that, not what is asked here.
    const hasOnlyBegun = transaction?.characteristics.isolation === undefined && transaction?.entries.every(({ kind }) => kind === 'begin');
    const isWanted = hasOnlyBegun === true || model().panel?.type === 'transaction' || interpreter.probe.isTimeoutInDoubt;
    if (isWanted && interpreter.transaction?.readyAt !== this.#askedAt) {
      await interpreter.probe.show();
      this.#askedAt = interpreter.transaction?.readyAt;
    }
    interpreter.probe.followCommit();
    this.#tell();
    void this.#readTimeout();
  }

  /**
   * Whoever idles is warned before the server's timeout strikes. What a session of this kind begins with is read on the second connection,
   * once, where a transaction is open; the session itself is asked only where that may have been changed.
   */
  async #readTimeout(): Promise<void> {
    const { interpreter, side } = this.#parts;
    const { session, transaction: record } = interpreter;
    if (session === undefined || record?.transaction === undefined || session === this.#timeoutOf) return;
    if (session.info.security === 'embedded' || session.versionNumber < 90_600) return;
    this.#timeoutOf = session;
    const answer = await side.ask('SHOW idle_in_transaction_session_timeout');
    const timeout = answer.ok ? settingMilliseconds(answer.rows[0]?.[0] ?? '') : undefined;
    if (timeout === undefined || interpreter.session !== session) return;
    interpreter.probe.tellIdleTimeout(timeout);
    this.#tell();
  }

  #tell(): void {
    const { interpreter, dispatch } = this.#parts;
    const setting = interpreter.variables.get('HOWDAH_SAVEPOINTS');
    const automatic = setting === 'last' || setting === 'every' ? setting : 'off';
    const times = (name: string) => warningTimes(interpreter.variables.get(name) ?? '');
    const warnings: WarningTimes = {
      ...usualWarnings,
      idle: times('HOWDAH_IDLE_WARNINGS') ?? usualWarnings.idle,
      age: times('HOWDAH_AGE_WARNINGS') ?? usualWarnings.age,
    };
    dispatch({ type: 'recorded', record: interpreter.transaction, automatic, warnings, now: Date.now() });
  }

  /** Asks what a key of the drawer has to know, and does it. */
  async ask(what: 'savepoint' | 'begin' | 'prepare'): Promise<void> {
    const action = await this.#asked(what);
    if (action !== undefined) this.#parts.dispatch({ type: 'transaction-action', action, now: Date.now() });
  }

  #asked(what: 'savepoint' | 'begin' | 'prepare'): Promise<TransactionAction | undefined> {
    switch (what) {
      case 'savepoint':
        return this.#askSavepoint();
      case 'begin':
        return this.#askBegin();
      case 'prepare':
        return this.#askPrepare();
    }
  }

  async #askSavepoint(): Promise<TransactionAction | undefined> {
    const { interpreter, ask } = this.#parts;
    const answer = await ask(textQuestion('savepoint', 'text', 'Name of the savepoint (empty: an automatic one)'));
    const record = interpreter.transaction;
    if (answer === undefined || record === undefined) return undefined;
    return { kind: 'savepoint', name: answer.trim() === '' ? automaticName(record) : answer.trim() };
  }

  async #askBegin(): Promise<TransactionAction | undefined> {
    const choices = beginnings.map(([label], index) => ({ id: String(index), label }));
    const answer = await this.#parts.ask(choiceQuestion('begin', 'Begin a transaction', [], choices, '0'));
    const modes = beginnings[Number(answer ?? '-1')]?.[1];
    return modes === undefined ? undefined : { kind: 'begin', modes };
  }

  /** Where it is not enabled, PREPARE TRANSACTION would roll everything back. */
  async #askPrepare(): Promise<TransactionAction | undefined> {
    const { interpreter, ask, dispatch } = this.#parts;
    if ((await this.alone(() => interpreter.probe.canPrepare())) === false) {
      dispatch({ type: 'drawer-noted', note: 'Two-phase commit is not enabled on this server: max_prepared_transactions is 0.' });
      return undefined;
    }
    const prompt = 'Name of the prepared transaction (COMMIT PREPARED or ROLLBACK PREPARED ends it later, from any session)';
    const id = (await ask(textQuestion('prepare', 'text', prompt)))?.trim() ?? '';
    return id === '' ? undefined : { kind: 'prepare', id };
  }
}
