import type { EngineState } from './engine-state.ts';
import { type OutputSink, openFileSink } from './output-sink.ts';

/** A file or `|command` for output (psql's openQueryOutputFile). undefined: it could not be opened, and why was said. */
export async function openTarget(target: string, state: EngineState): Promise<OutputSink | undefined> {
  if (target.startsWith('|')) {
    // What the command writes itself comes after what we have written.
    await state.queryOutput?.flush();
    return openCommand(target.slice(1), state);
  }
  const path = expandTilde(target, state.environment.HOME);
  const sink = openFileSink(path);
  if (typeof sink !== 'string') return sink;
  state.complain(`${path}: ${sink}`);
  return undefined;
}

/** A command that reads what is written to it. */
export async function openCommand(command: string, { face, environment }: EngineState): Promise<OutputSink> {
  const own = face.openCommand?.(command);
  if (own !== undefined) return own;
  const { CommandSink } = await import('./command-sink.ts');
  return new CommandSink(command, environment);
}

/** `~` and `~/…` as psql expands them. */
export function expandTilde(path: string, home: string | undefined): string {
  return home !== undefined && /^~(?:\/|$)/.test(path) ? home + path.slice(1) : path;
}
