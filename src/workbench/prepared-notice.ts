import { preparedText, preparedTransactions } from '../catalog/prepared-transactions.ts';
import type { Interpreter } from '../engine/interpreter.ts';
import type { SideSession } from '../engine/side-session.ts';

/** A transaction that was prepared and never ended holds its locks, and nobody sees it. The embedded engine prepares none. */
export async function tellPrepared(interpreter: Interpreter, side: SideSession, say: (text: string) => void): Promise<void> {
  const { session } = interpreter;
  if (session === undefined || session.info.security === 'embedded') return;
  const answer = await side.ask(preparedTransactions);
  const text = answer.ok && interpreter.session === session ? preparedText(answer) : undefined;
  if (text !== undefined) say(text);
}
