import type { Session } from '../server/session.ts';
import type { SideSession } from './side-session.ts';
import { type CommitVerdict, commitOutcome, noteCommit, type RowsQuery } from './transaction/commit-outcome.ts';
import type { InDoubt } from './transaction/loss.ts';
import type { TransactionRecorder } from './transaction/recorder.ts';

/** Milliseconds a COMMIT waits, at most, for what its outcome could be looked up by. */
const patience = 50;
/** Milliseconds between looks at a transaction that has no id yet, where nothing says that it has written. */
const rarely = 60_000;
/** Milliseconds before each look at what became of a transaction: a server's process takes a moment to notice that its client is gone. */
const pauses = [0, 50, 100, 200, 400, 800, 1600, 3200];

/** Sees to it, on the second connection, that the outcome of a COMMIT can be looked up should the connection die under it. */
export class CommitWitness {
  readonly #side: SideSession;
  #looking: Promise<void> | undefined;
  #lookedAt = 0;

  constructor(side: SideSession) {
    this.#side = side;
  }

  /** After a statement, in its own time: mostly COMMIT then need not wait at all. */
  follow(session: Session | undefined, recorder: TransactionRecorder | undefined): void {
    if (session?.status !== 'transaction' || session.info.security === 'embedded' || recorder === undefined) return;
    const { evidence, transaction } = recorder.record;
    if (evidence?.xid !== undefined) return;
    const last = transaction?.entries.at(-1);
    const mayHaveWritten = last?.kind === 'statement' && !/^(?:SELECT|SHOW|SET|FETCH|BEGIN)/.test(last.tag ?? '');
    if (!mayHaveWritten && Date.now() - this.#lookedAt < rarely) return;
    void this.#look(session, recorder);
  }

  /** Before COMMIT is sent. */
  async note(session: Session, recorder: TransactionRecorder): Promise<void> {
    const { evidence, readyAt } = recorder.record;
    if (evidence !== undefined && (evidence.xid !== undefined || evidence.readyAt === readyAt)) return;
    if (session.info.security === 'embedded' || this.#side.refusal !== undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, patience);
    await Promise.race([this.#look(session, recorder), promise]);
    clearTimeout(timer);
  }

  /** What became of it, asked again as long as the server has not decided. */
  async outcome({ evidence }: InDoubt): Promise<CommitVerdict> {
    if (evidence === undefined) return { kind: 'unknown', why: 'not-noted' };
    let verdict: CommitVerdict = { kind: 'unknown', why: 'no-answer' };
    for (const pause of pauses) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      this.#side.retry();
      verdict = await commitOutcome(evidence, this.#query);
      if (verdict.kind !== 'in-progress' && (verdict.kind !== 'unknown' || verdict.why !== 'no-answer')) break;
    }
    return verdict;
  }

  async #look(session: Session, recorder: TransactionRecorder): Promise<void> {
    await this.#looking;
    const { transaction, readyAt, evidence } = recorder.record;
    if (transaction === undefined || readyAt === undefined || evidence?.xid !== undefined) return;
    const { lastSql } = recorder;
    const { versionNumber, info } = session;
    this.#lookedAt = Date.now();
    this.#looking = noteCommit(this.#query, { processId: info.processId, versionNumber, lastSql, readyAt }).then((seen) => {
      // It was seen idle in this transaction, so it is of it, however late the answer comes.
      if (seen !== undefined && recorder.record.transaction?.since === transaction.since) recorder.tell({ type: 'noted', evidence: seen });
    });
    await this.#looking;
  }

  readonly #query: RowsQuery = async (sql) => {
    const answer = await this.#side.ask(sql);
    return answer.ok ? answer.rows : undefined;
  };
}
