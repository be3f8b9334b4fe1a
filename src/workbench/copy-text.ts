import { clipboardSequence, copyByProgram } from '../system/clipboard.ts';
import type { Severity } from './log.ts';
import type { TerminalPort } from './terminal-port.ts';

/** Into the desktop's clipboard, else by the terminal into its own; resolves with what to say. */
export async function copyText(text: string, what: string, terminal: TerminalPort): Promise<readonly [Severity, string]> {
  const isTaken = await copyByProgram(text);
  const sequence = isTaken ? undefined : clipboardSequence(text);
  if (sequence !== undefined) terminal.write(sequence);
  if (isTaken || sequence !== undefined) return ['info', `Copied ${what}.`];
  return ['warning', `Not copied: ${what} is too long for the terminal's clipboard.`];
}
