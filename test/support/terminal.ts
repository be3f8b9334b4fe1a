import { join } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

const root = join(import.meta.dirname, '../..');
export const ownNode = join(root, 'node_modules/.bin/node');
export const program = join(root, 'bin/howdah.js');

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: string;
  readonly folder?: string;
}

const keys: Readonly<Record<string, string>> = {
  Enter: '\r',
  'Alt-Enter': '\x1b\r',
  Esc: '\x1b',
  Tab: '\t',
  Backspace: '\x7f',
  Delete: '\x1b[3~',
  Up: '\x1b[A',
  Down: '\x1b[B',
  Right: '\x1b[C',
  Left: '\x1b[D',
  Home: '\x1b[H',
  End: '\x1b[F',
  PageUp: '\x1b[5~',
  PageDown: '\x1b[6~',
  'Ctrl-PageUp': '\x1b[5;5~',
  'Ctrl-PageDown': '\x1b[6;5~',
  'Ctrl-Enter': '\x1b[13;5u',
  F1: '\x1bOP',
  F2: '\x1bOQ',
  F3: '\x1bOR',
  F4: '\x1bOS',
  F5: '\x1b[15~',
  F6: '\x1b[17~',
  'Shift-F6': '\x1b[17;2~',
  F7: '\x1b[18~',
  F8: '\x1b[19~',
  F9: '\x1b[20~',
};

/** A program in a real pseudo-terminal whose screen is kept by a terminal emulator, driven in a user's words. */
export class Terminal {
  readonly #pty: IPty;
  readonly #screen: xterm.Terminal;
  readonly #exit: Promise<number>;
  readonly #listeners = new Set<() => void>();
  #raw = '';

  constructor(args: readonly string[], options: TerminalOptions = {}) {
    const { columns = 110, rows = 30 } = options;
    const { CI: _ci, NO_COLOR: _noColor, ...inherited } = process.env;
    this.#screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
    const [file, before] = options.command === undefined ? [ownNode, [program]] : [options.command, []];
    this.#pty = spawn(file, [...before, ...args], {
      name: 'xterm-256color',
      cols: columns,
      rows,
      cwd: options.folder ?? root,
      env: { ...inherited, TERM: 'xterm-256color', ...options.environment } as Record<string, string>,
    });
    this.#pty.onData((data) => {
      this.#raw += data;
      this.#screen.write(data, () => {
        for (const listener of this.#listeners) listener();
      });
    });
    // What programs ask of a terminal (cursor position, attributes) is answered by the emulator.
    this.#screen.onData((answer) => this.#pty.write(answer));
    this.#exit = new Promise((resolve) => this.#pty.onExit(({ exitCode, signal }) => resolve(signal ? 128 + signal : exitCode)));
  }

  /** Types text as a person would: key by key, so that it is no paste. */
  async type(text: string): Promise<void> {
    for (const key of text) {
      this.#pty.write(key);
      await pause(2);
    }
  }

  /** Presses keys by name ('F3', 'Ctrl-C', 'Alt-1', 'PageDown') or as characters. */
  async press(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      this.#pty.write(keyBytes(name));
      // Nobody types a key so soon after Esc that it reads as Alt.
      await pause(name === 'Esc' ? 100 : 15);
    }
  }

  /** Sends bytes as they are: a paste, a burst. */
  send(bytes: string): void {
    this.#pty.write(bytes);
  }

  lines(): readonly string[] {
    const { active } = this.#screen.buffer;
    return Array.from({ length: this.#screen.rows }, (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '');
  }

  text(): string {
    return this.lines().join('\n');
  }

  /** Waits until the screen shows it; fails with the screen as it is. */
  async sees(wanted: string | RegExp | ((screen: string) => boolean), milliseconds = 15_000): Promise<string> {
    const until = performance.now() + milliseconds;
    for (;;) {
      const screen = this.text();
      const found =
        typeof wanted === 'string' ? screen.includes(wanted) : typeof wanted === 'function' ? wanted(screen) : wanted.test(screen);
      if (found) return screen;
      if (performance.now() > until) throw new Error(`not on the screen within ${milliseconds} ms: ${wanted}\n${frame(this.lines())}`);
      await pause(20);
    }
  }

  /** Waits until what was typed stands before the cursor: an Enter that is read together with it would be part of a paste. Secrets never do. */
  async seesTyped(text: string, milliseconds = 1000): Promise<void> {
    const until = performance.now() + milliseconds;
    const end = text.slice(text.lastIndexOf('\n') + 1).slice(-12);
    const standsThere = () => {
      const { row, column } = this.cursor;
      return (this.lines()[row] ?? '').padEnd(column).slice(0, column).endsWith(end);
    };
    while (!standsThere() && performance.now() < until) await pause(10);
  }

  async seesNoMore(gone: string, milliseconds = 15_000): Promise<string> {
    return this.sees((screen) => !screen.includes(gone), milliseconds);
  }

  /**
   * Resolves with the time (performance.now) at which the screen shows what is wanted: for latencies, so it is looked at after
   * every piece that arrives, not at intervals. Ask first, then send the key.
   */
  shows(wanted: RegExp, milliseconds = 15_000): Promise<number> {
    return new Promise((resolve, reject) => {
      const done = (settle: () => void) => {
        clearTimeout(timer);
        this.#listeners.delete(listener);
        settle();
      };
      const late = () => reject(new Error(`not on the screen within ${milliseconds} ms: ${wanted}\n${frame(this.lines())}`));
      const timer = setTimeout(() => done(late), milliseconds);
      const listener = () => {
        if (wanted.test(this.text())) done(() => resolve(performance.now()));
      };
      this.#listeners.add(listener);
    });
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  kill(signal: string): void {
    this.#pty.kill(signal);
  }

  /** The exit status, 128 + n after a signal; fails with the screen as it is where the program does not end. */
  async exit(milliseconds = 20_000): Promise<number> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not ended within ${milliseconds} ms:\n${frame(this.lines())}`)), milliseconds);
    });
    return await Promise.race([this.#exit, late]).finally(() => clearTimeout(timer));
  }

  /** Everything the program wrote, for audits of its bytes. */
  get raw(): string {
    return this.#raw;
  }

  get processId(): number {
    return this.#pty.pid;
  }

  get isAlternateScreen(): boolean {
    return this.#screen.buffer.active.type === 'alternate';
  }

  get cursor(): { readonly row: number; readonly column: number } {
    const { active } = this.#screen.buffer;
    return { row: active.cursorY, column: active.cursorX };
  }

  /** Whether a cell of the screen is drawn in reverse, bold or in a colour. */
  styleAt(
    row: number,
    column: number,
  ): { readonly isReverse: boolean; readonly isBold: boolean; readonly isDim: boolean; readonly colour: number } {
    const cell = this.#screen.buffer.active.getLine(this.#screen.buffer.active.viewportY + row)?.getCell(column);
    return {
      isReverse: (cell?.isInverse() ?? 0) !== 0,
      isBold: (cell?.isBold() ?? 0) !== 0,
      isDim: (cell?.isDim() ?? 0) !== 0,
      colour: cell === undefined || cell.isFgDefault() ? -1 : cell.getFgColor(),
    };
  }

  async close(): Promise<void> {
    try {
      this.#pty.kill('SIGKILL');
    } catch {
      // It has ended by itself.
    }
    await this.#exit;
    this.#screen.dispose();
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function keyBytes(name: string): string {
  const known = keys[name];
  if (known !== undefined) return known;
  const control = /^Ctrl-(.)$/.exec(name)?.[1];
  if (control !== undefined) return String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f);
  const alt = /^Alt-(.)$/.exec(name)?.[1];
  return alt === undefined ? name : `\x1b${alt}`;
}

function frame(lines: readonly string[]): string {
  const rule = '-'.repeat(Math.max(...lines.map((line) => line.length), 20));
  return [rule, ...lines, rule].join('\n');
}
