import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { isatty, ReadStream } from 'node:tty';
import { standardInput } from '../engine/descriptor-source.ts';
import { decodeLossless } from '../text/lossless.ts';

/**
 * Asks as psql's simple_prompt does: on the terminal the program belongs to, whatever its standard input is; without one on standard
 * error and input. undefined: there is no answer.
 */
export async function readAnswer(prompt: string, isSecret: boolean): Promise<string | undefined> {
  const terminal = openTerminal();
  if (terminal === undefined) {
    writeSync(2, prompt);
    const answer = readScriptedAnswer();
    if (isSecret) writeSync(2, '\n');
    return answer;
  }
  try {
    if (isSecret) return await readHidden(terminal, prompt);
    writeSync(terminal, prompt);
    return readLine(terminal);
  } finally {
    closeSync(terminal);
  }
}

/** The next line of standard input, which may be the script itself. */
export function readScriptedAnswer(): string | undefined {
  const line = standardInput.readRawLine();
  return line === undefined ? undefined : decodeLossless(line).replace(/\n$/, '');
}

function openTerminal(): number | undefined {
  try {
    const descriptor = openSync('/dev/tty', 'r+');
    if (isatty(descriptor)) return descriptor;
    closeSync(descriptor);
  } catch {
    // Without a terminal of its own the program asks on standard input.
  }
  return undefined;
}

/** Byte by byte, since what follows belongs to whoever reads the terminal next. */
function readLine(descriptor: number): string | undefined {
  const bytes: number[] = [];
  const one = Buffer.alloc(1);
  for (;;) {
    if (readSync(descriptor, one, 0, 1, null) === 0) return bytes.length === 0 ? undefined : Buffer.from(bytes).toString();
    if (one[0] === 10) return Buffer.from(bytes).toString();
    bytes.push(one[0] ?? 0);
  }
}

/** A line that is not echoed: asked for when nothing is any more, lest a fast typist's first letters are. */
function readHidden(descriptor: number, prompt: string): Promise<string | undefined> {
  const input = new ReadStream(openSync(`/dev/fd/${descriptor}`, 'r'));
  input.setRawMode(true);
  writeSync(descriptor, prompt);
  return new Promise((resolve) => {
    let text = '';
    const finish = (answer: string | undefined): void => {
      input.setRawMode(false);
      input.destroy();
      writeSync(descriptor, '\n');
      resolve(answer);
    };
    input.setEncoding('utf8');
    input.on('data', (chunk: string) => {
      for (const key of chunk) {
        if (key === '\r' || key === '\n') return finish(text);
        if (key === '\x03' || (key === '\x04' && text === '')) return finish(undefined);
        if (key === '\x7f' || key === '\b') text = text.slice(0, -1);
        else if (key === '\x15') text = '';
        else text += key;
      }
    });
  });
}
