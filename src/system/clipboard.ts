import { spawn } from 'node:child_process';
import { childEnvironment, statusOf } from './children.ts';
import { hasProgram } from './find-program.ts';

// xterm's default limit; many terminals share it.
const longestSequence = 74_994;

/** The sequence by which a terminal takes text into its clipboard, also over ssh; undefined where it is too long for one. */
export function clipboardSequence(text: string): string | undefined {
  const encoded = Buffer.from(text, 'utf8').toString('base64');
  return encoded.length > longestSequence ? undefined : `\x1b]52;c;${encoded}\x07`;
}

/** The program that takes standard input into the clipboard of this desktop; undefined where there is none. */
function clipboardProgram(environment: NodeJS.ProcessEnv = process.env): readonly string[] | undefined {
  const candidates: readonly (readonly [isPossible: boolean, ...command: string[]])[] = [
    [environment.WAYLAND_DISPLAY !== undefined, 'wl-copy'],
    [environment.DISPLAY !== undefined, 'xclip', '-selection', 'clipboard'],
    [process.platform === 'darwin', 'pbcopy'],
  ];
  for (const [isPossible, program, ...rest] of candidates) {
    if (isPossible && program !== undefined && hasProgram(program, environment)) return [program, ...rest];
  }
  return undefined;
}

/** Copies by a program of the desktop. False: there is none, or it failed; the terminal's sequence is then the way. */
export async function copyByProgram(text: string): Promise<boolean> {
  const [program, ...rest] = clipboardProgram() ?? [];
  if (program === undefined) return false;
  // xclip stays behind to serve the text; what it inherits must not keep us waiting.
  const child = spawn(program, rest, { stdio: ['pipe', 'ignore', 'ignore'], env: childEnvironment() });
  child.stdin.on('error', () => undefined);
  child.stdin.end(text);
  return (await statusOf(child)) === 0;
}
