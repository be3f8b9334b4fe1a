import { expect } from 'vitest';
import { Interpreter } from '../../src/engine/interpreter.ts';
import type { Face } from '../../src/engine/output-event.ts';
import type { ConnectOutcome, Session } from '../../src/server/session.ts';
import type { ReadOnlyAttempt } from '../unit/sql/guard/corpus/read-only-attempts.ts';
import { AttemptFolder } from './read-only-place.ts';

/** What the workbench's face does, without its screen: events are taken, questions answered, children said to have run. */
function takingFace(): { readonly face: Face; readonly errors: string[] } {
  const errors: string[] = [];
  const face: Face = {
    isInteractive: true,
    emit: (event) => {
      if (event.type === 'message' && event.severity === 'error') errors.push(event.text);
      return undefined;
    },
    ask: (question) => Promise.resolve(question.type === 'copy-data' ? '1\tx\n' : 'y'),
    child: () => Promise.resolve(0),
    terminalColumns: () => 80,
  };
  return { face, errors };
}

/** Runs the attempts through the engine as the workbench drives it; what the engine complained of. */
export async function attemptByEngine(
  session: Session,
  attempts: readonly ReadOnlyAttempt[],
  connect: () => Promise<ConnectOutcome>,
): Promise<readonly string[]> {
  const { face, errors } = takingFace();
  const interpreter = new Interpreter({
    face,
    programName: 'howdah',
    session,
    connect,
    isReadOnly: true,
    environment: { PSQL_EDITOR: 'true' },
  });
  const folder = new AttemptFolder();
  try {
    await interpreter.runText(folder.script(attempts));
  } finally {
    folder.remove();
  }
  // Where the session is gone the rest was not tried.
  expect(
    interpreter.session?.status,
    errors
      .slice(Math.max(0, errors.findIndex((text) => text.includes('not connected')) - 6))
      .slice(0, 8)
      .join(''),
  ).toBe('idle');
  return errors;
}
