import type { PrintOptions } from '../print/print-options.ts';
import type { ConnectionTarget } from '../server/target.ts';

/** What the composition root hands to the workbench: where to begin and what the command line set. */
export interface WorkbenchLaunch {
  /** The name the program was called by. */
  readonly programName: string;
  readonly start: WorkbenchStart;
  /** -w, -W, or as the server wants. */
  readonly askPassword: 'never' | 'always' | 'when-needed';
  /** -v and what -q, -a, -e … set. */
  readonly variables: Readonly<Record<string, string>>;
  /** -A, -t, -x, -P … */
  readonly print: Partial<PrintOptions>;
  /** --read-only: nothing is written, whatever is connected to. */
  readonly isReadOnly?: boolean;
  /** False under -X. */
  readonly readsStartupFiles: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export type WorkbenchStart =
  | { readonly type: 'target'; readonly target: ConnectionTarget; readonly profile?: string }
  /** The embedded practice database. */
  | { readonly type: 'practice' }
  | { readonly type: 'picker' };
