import type { Size } from './model.ts';

/** What the controller needs of the terminal; the screen implements it. */
export interface TerminalPort {
  size(): Size;
  /** A sequence that shows nothing: OSC 52, modes. */
  write(sequence: string): void;
  /** Gives the whole terminal away while `work` runs, then draws anew. */
  handOver<Result>(work: () => Promise<Result>): Promise<Result>;
  redraw(): void;
}
