import type { ConnectRequest } from '../commands/control-context.ts';
import { standardInputScript } from '../engine/descriptor-source.ts';
import { Interpreter } from '../engine/interpreter.ts';
import { readStartupFiles } from '../engine/startup-files.ts';
import type { PrintOptions } from '../print/print-options.ts';
import type { ConnectOutcome, Session } from '../server/session.ts';
import type { Arguments } from './arguments.ts';
import { type BatchFace, writeError } from './batch-face.ts';
import { exitStatus } from './exit-status.ts';

export interface BatchRun {
  readonly arguments: Arguments;
  readonly programName: string;
  readonly face: BatchFace;
  readonly session: Session;
  readonly print: PrintOptions;
  /** For \c. */
  readonly connect: (request: ConnectRequest) => Promise<ConnectOutcome>;
  readonly isReadOnly: boolean;
}

/** Does what the command line asks for and says with which status to end. */
export async function runBatch(run: BatchRun): Promise<number> {
  const { face, session, programName } = run;
  const interpreter = new Interpreter({
    face,
    programName,
    session,
    connect: run.connect,
    isReadOnly: run.isReadOnly,
    variables: run.arguments.variables,
    print: run.print,
  });
  const stopListening = cancelOnInterrupt(interpreter);
  try {
    let status: number = interpreter.hasBadOption ? exitStatus.failure : await runAll(interpreter, run.arguments);
    status = finishOutput(face, programName, status);
    await interpreter.close();
    return status;
  } finally {
    stopListening();
  }
}

async function runAll(interpreter: Interpreter, given: Arguments): Promise<number> {
  if (given.logFile !== undefined && !(await interpreter.logTo(given.logFile))) return exitStatus.failure;
  if (given.output !== undefined && !(await interpreter.redirect(given.output))) return exitStatus.failure;
  if (given.listsDatabases) return (await interpreter.runCommand('\\l')) ? exitStatus.success : exitStatus.failure;
  if (!given.noStartupFiles) await readStartupFiles(interpreter);
  return await runActions(interpreter, given);
}

async function runActions(interpreter: Interpreter, given: Arguments): Promise<number> {
  if (given.singleTransaction && !(await interpreter.runSilently('BEGIN')) && interpreter.stopsOnError) return exitStatus.user;
  let status: number = exitStatus.success;
  // Without one, standard input is the script.
  for (const action of given.actions.length === 0 ? [undefined] : given.actions) {
    if (action === undefined) status = statusOf(await interpreter.run(standardInputScript()));
    else if (action.type === 'file') status = statusOf(await interpreter.runFile(action.path));
    else status = (await interpreter.runCommand(action.text)) ? exitStatus.success : exitStatus.failure;
    if (interpreter.exit !== undefined) return interpreter.exit;
    if (status !== exitStatus.success && interpreter.stopsOnError) break;
  }
  if (!given.singleTransaction) return status;
  const end = status !== exitStatus.success && interpreter.stopsOnError ? 'ROLLBACK' : 'COMMIT';
  return !(await interpreter.runSilently(end)) && interpreter.stopsOnError ? exitStatus.user : status;
}

function statusOf(result: { readonly status: number; readonly exit?: number }): number {
  return result.exit ?? result.status;
}

/** What is still buffered goes out; an export that is not complete says so. */
function finishOutput(face: BatchFace, programName: string, status: number): number {
  void face.standardOutput.flush();
  const { failure } = face.standardOutput;
  if (failure === undefined) return status;
  writeError(`${programName}: error: could not write to standard output: ${failure}\n`);
  return status === exitStatus.success ? exitStatus.failure : status;
}

/** Ctrl-C cancels what runs, and a script ends with it. */
function cancelOnInterrupt(interpreter: Interpreter): () => void {
  const cancel = (): void => {
    void interpreter.cancel();
  };
  process.on('SIGINT', cancel);
  return () => process.off('SIGINT', cancel);
}
