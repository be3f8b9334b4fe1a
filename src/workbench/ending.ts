/** How the workbench ended: the exit status, and a last word for standard error where there is one. */
export interface Ending {
  readonly status: number;
  readonly text?: string;
}
