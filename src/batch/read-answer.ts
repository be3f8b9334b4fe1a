import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { isatty, ReadStream } from 'node:tty';

const standardInput = 0;

/**
 * Asks as psql's simple_prompt does: a secret on the terminal the program belongs to, whatever its standard input is; text from standard
 * input. undefined: there is no answer.
 */
export async function readAnswer(prompt: string, isSecret: boolean): Promise<string | undefined> {
  if (!isSecret) {
    writeSync(1, prompt);
    return readLine(standardInput);
  }
  const terminal = openTerminal();
  if (terminal === undefined) {
    writeSync(2, prompt);
    return readLine(standardInput);
  }
  try {
    writeSync(terminal, prompt);
    return await readHidden(terminal);
  } finally {
    closeSync(terminal);
  }
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

/** Byte by byte, since what follows belongs to the script. */
function readLine(descriptor: number): string | undefined {
  const bytes: number[] = [];
  const one = Buffer.alloc(1);
  for (;;) {
    if (readSync(descriptor, one, 0, 1, null) === 0) return bytes.length === 0 ? undefined : Buffer.from(bytes).toString();
    if (one[0] === 10) return Buffer.from(bytes).toString();
    bytes.push(one[0] ?? 0);
  }
}

/** A line that is not echoed. */
function readHidden(descriptor: number): Promise<string | undefined> {
  const input = new ReadStream(openSync(`/dev/fd/${descriptor}`, 'r'));
  input.setRawMode(true);
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
