import type { SessionActivity } from '../catalog/session-activity.ts';
import type { EngineState } from './engine-state.ts';
import { lookAtOwnLocks } from './own-locks.ts';
import { showParameter, showTransaction } from './show-transaction.ts';

/** What is asked and told about the session's transaction beside the person's statements. */
export class TransactionProbe {
  readonly #state: EngineState;

  constructor(state: EngineState) {
    this.#state = state;
  }

  /** Whether only the session itself knows its idle timeout. */
  get isTimeoutInDoubt(): boolean {
    return this.#state.transaction?.isTimeoutInDoubt === true;
  }

  /** The idle timeout in milliseconds that a session of this kind begins with. */
  tellIdleTimeout(idleTimeout: number): void {
    const { transaction } = this.#state;
    if (transaction?.record.idleTimeout === undefined) transaction?.tell({ type: 'shown', modes: {}, idleTimeout, at: Date.now() });
  }

  /** Looks, in its own time, at what the outcome of the open transaction could be looked up by. */
  followCommit(): void {
    this.#state.witness?.follow(this.#state.session, this.#state.transaction);
  }

  /**
   * Asks for the transaction's characteristics and the server's idle timeout. The server takes it for a statement and starts that timeout
   * anew: for once after a statement of the user's, not for every second.
   */
  show(): Promise<void> {
    return showTransaction(this.#state);
  }

  /** Whether PREPARE TRANSACTION is enabled; undefined where that cannot be asked now. */
  async canPrepare(): Promise<boolean | undefined> {
    const limit = await showParameter(this.#state, 'max_prepared_transactions');
    return limit === undefined ? undefined : limit !== '0';
  }

  /** The open transaction's locks, asked on its own session: for when a person wants it so. One sentence where that may not be. */
  lookAtOwnLocks(): Promise<SessionActivity | string> {
    return lookAtOwnLocks(this.#state);
  }
}
