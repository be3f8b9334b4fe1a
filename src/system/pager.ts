import type { Writable } from 'node:stream';
import { spawnShell, statusOf } from './children.ts';
import { hasProgram } from './find-program.ts';

export interface Pager {
  /** Takes text until the reader leaves; after that it swallows what comes. */
  readonly input: Writable;
  /** Resolves when the pager has ended. */
  readonly done: Promise<number>;
}

/** The pager's command: PSQL_PAGER, PAGER, else less or more. undefined: a variable that is set to blanks means none. */
export function pagerCommand(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment.PSQL_PAGER ?? environment.PAGER;
  if (named !== undefined) return named.trim() === '' ? undefined : named;
  return hasProgram('less', environment) ? 'less' : 'more';
}

/** Starts the pager on our terminal. `input.end()` tells it that all is there. */
export function openPager(command: string): Pager {
  // Ctrl-C in a pager is the pager's.
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  const child = spawnShell(command, ['pipe', 'inherit', 'inherit']);
  const input = child.stdin;
  if (input === null) throw new Error('a pager without a pipe');
  // The reader left early (EPIPE): no error.
  input.on('error', ignore);
  const done = statusOf(child).finally(() => process.off('SIGINT', ignore));
  return { input, done };
}
