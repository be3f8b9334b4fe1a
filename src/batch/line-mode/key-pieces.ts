import { Readable } from 'node:stream';
import type { ReadStream } from 'node:tty';

// What ends a piece of input: a line's end, Tab (the completion takes its time), Ctrl-C and Ctrl-D (the reader may be done with the line).
const piece = /^[^\r\n\t\x03\x04]*(?:\r\n|[\r\n\t\x03\x04])?/;

/** The keys of one line as a terminal's stream, for readline. */
class KeyStream extends Readable {
  readonly isTTY = true;
  readonly #terminal: ReadStream;

  constructor(terminal: ReadStream) {
    super();
    this.#terminal = terminal;
  }

  setRawMode(isRaw: boolean): this {
    this.#terminal.setRawMode(isRaw);
    return this;
  }

  override _read(): void {}
}

/**
 * The terminal's keys, given out line by line: what is typed or pasted beyond a line waits for the next prompt, and while no line is asked
 * for nothing is taken from the terminal, so that a child gets what is meant for it.
 */
export class KeyPieces {
  readonly #terminal: ReadStream;
  #waiting = '';
  #current: KeyStream | undefined;
  #isScheduled = false;
  #hasEnded = false;

  constructor(terminal: ReadStream) {
    this.#terminal = terminal;
    terminal.setEncoding('utf8');
    terminal.pause();
    terminal.on('data', (text: string) => {
      this.#waiting += text;
      this.#schedule();
    });
    const end = () => {
      this.#hasEnded = true;
      this.#schedule();
    };
    terminal.on('end', end);
    terminal.on('error', end);
  }

  /** A stream for one line. */
  open(): Readable {
    const stream = new KeyStream(this.#terminal);
    this.#current = stream;
    this.#terminal.resume();
    this.#schedule();
    return stream;
  }

  close(): void {
    this.#current = undefined;
    this.#terminal.pause();
  }

  /** One piece a turn: the reader has then done what the last one asked for. */
  #schedule(): void {
    if (this.#isScheduled || this.#current === undefined) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      const stream = this.#current;
      if (stream === undefined) return;
      if (this.#waiting === '') {
        if (this.#hasEnded) stream.push(null);
        return;
      }
      // A completion under way pauses the stream.
      if (stream.readableLength > 0) {
        stream.once('resume', () => this.#schedule());
        return;
      }
      const next = piece.exec(this.#waiting)?.[0] ?? '';
      this.#waiting = this.#waiting.slice(next.length);
      stream.push(next);
      if (this.#waiting !== '' || this.#hasEnded) this.#schedule();
    });
  }
}
