import type { EngineState } from './engine-state.ts';
import type { OutputSink } from './output-sink.ts';

const firstVersion = 160_000;

/** psql looks at how shell commands end since 16; so do we before a server of that version. */
export function tellsShellStatus({ session }: EngineState): boolean {
  return (session?.versionNumber ?? 0) >= firstVersion;
}

/** SHELL_ERROR and SHELL_EXIT_CODE: how a shell command ended, as a shell counts. */
export function setShellVariables(state: EngineState, status: number): void {
  if (!tellsShellStatus(state)) return;
  const { variables } = state;
  variables.set('SHELL_ERROR', status === 0 ? 'false' : 'true');
  variables.set('SHELL_EXIT_CODE', String(status));
}

/** How a program that failed has ended, in psql's words. */
export function exitText(status: number): string {
  return status === 127 ? 'command not found' : `child process exited with exit code ${status}`;
}

/** Closes an output; of a command the variables then tell how it ended. */
export async function closeOutput(state: EngineState, sink: OutputSink): Promise<number> {
  const status = await sink.close();
  if (sink.isCommand === true) setShellVariables(state, status);
  return status;
}
