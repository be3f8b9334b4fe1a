import type { Interpreter } from '../engine/interpreter.ts';
import { connectQuestion, type PendingQuestion } from './question.ts';

/** What is to become of the open transaction when its session is left. */
export type Leaving = 'nothing-open' | 'commit' | 'rollback' | 'stay';

/** Asks where a transaction is open; whoever gives no answer stays. */
export async function askToLeave(
  interpreter: Interpreter,
  ask: (question: PendingQuestion) => Promise<string | undefined>,
): Promise<Leaving> {
  const status = interpreter.session?.status;
  if (status !== 'transaction' && status !== 'failed') return 'nothing-open';
  const answer = await ask(connectQuestion(status));
  return answer === 'commit' || answer === 'rollback' ? answer : 'stay';
}

/** Ends the transaction as was answered. A sentence where it did not end so: then the session is not left. */
export async function endTransaction(interpreter: Interpreter, leaving: Leaving): Promise<string | undefined> {
  switch (leaving) {
    case 'nothing-open':
      return undefined;
    case 'stay':
      return 'The transaction is still open.';
    case 'rollback':
      await interpreter.runStatement('ROLLBACK');
      return undefined;
    case 'commit': {
      const isOk = await interpreter.runStatement('COMMIT');
      const isCommitted = isOk && interpreter.session?.status === 'idle' && interpreter.transaction?.ended?.outcome === 'committed';
      return isCommitted ? undefined : 'The transaction could not be committed.';
    }
  }
}
