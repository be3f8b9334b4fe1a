import type { PrintOptions } from '../print/print-options.ts';
import type { ConnectionTarget } from '../server/target.ts';

/** What the workbench opens on. */
export type WorkbenchStart =
  /** No argument and no PG* variable names a server: the picker. */
  | { readonly kind: 'picker' }
  /** A server; `profile` where a saved one was named. */
  | { readonly kind: 'target'; readonly target: ConnectionTarget; readonly profile?: string }
  /** A practice database of the embedded engine. */
  | { readonly kind: 'embedded'; readonly database: string };

/** What the command line hands to `startWorkbench`. */
export interface WorkbenchOptions {
  /** The name the program was called by, for messages. */
  readonly programName: string;
  readonly start: WorkbenchStart;
  /** -v assignments, in order. */
  readonly variables?: readonly (readonly [name: string, value: string])[];
  /** -A, -t, -x, -P …: changes to the default print options. */
  readonly print?: Partial<PrintOptions>;
  /** -w never asks, -W always asks; absent: ask when the server wants one. */
  readonly password?: 'never' | 'always';
  /** -X: no startup files. */
  readonly noStartupFiles?: boolean;
  /** The environment, `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}
