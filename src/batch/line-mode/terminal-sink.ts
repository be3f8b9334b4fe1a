import { DescriptorSink, type OutputSink, type Paging } from '../../engine/output-sink.ts';
import { openPager, pagerCommand } from '../../system/pager.ts';
import { displayWidth } from '../../text/width.ts';

export interface ScreenSize {
  readonly rows: number;
  readonly columns: number;
}

/** Standard output on a terminal, whose tables a pager shows where they do not fit. */
export class TerminalSink extends DescriptorSink {
  readonly #size: () => ScreenSize;

  constructor(size: () => ScreenSize) {
    super(1, { isTerminal: true });
    this.#size = size;
  }

  paged(paging: Paging): OutputSink | undefined {
    if (paging.pager === 'off') return undefined;
    const command = paging.command ?? pagerCommand();
    return command === undefined ? undefined : new PagedSink(this, command, paging, this.#size());
  }
}

/** One table: held back until it is clear whether it fits the screen, then written there or to the pager. */
class PagedSink implements OutputSink {
  readonly isTerminal = true;
  readonly failure = undefined;
  readonly #screen: OutputSink;
  readonly #command: string;
  readonly #leastLines: number;
  /** 0: any width will do. */
  readonly #columns: number;
  #held: Buffer[] = [];
  #lines = 0;
  #pager: ReturnType<typeof openPager> | undefined;
  readonly #ended = Promise.withResolvers<void>();
  readonly ended = this.#ended.promise;

  constructor(screen: OutputSink, command: string, paging: Paging, size: ScreenSize) {
    this.#screen = screen;
    this.#command = command;
    this.#leastLines = paging.pager === 'always' && paging.isTable ? 0 : Math.max(size.rows, paging.pagerMinLines);
    this.#columns = paging.isTable ? size.columns : 0;
  }

  write(bytes: Buffer): Promise<void> | undefined {
    if (this.#pager !== undefined) return this.#toPager(bytes);
    // The printer may use its buffer again.
    const copy = Buffer.from(bytes);
    this.#held.push(copy);
    this.#lines += count(copy);
    if (this.#lines < this.#leastLines && !this.#isTooWide(copy)) return undefined;
    this.#pager = openPager(this.#command);
    void this.#pager.done.then(() => this.#ended.resolve());
    const held = Buffer.concat(this.#held);
    this.#held = [];
    return this.#toPager(held);
  }

  flush(): undefined {
    return undefined;
  }

  clearFailure(): void {}

  async close(): Promise<number> {
    if (this.#pager === undefined) {
      await this.#screen.write(Buffer.concat(this.#held));
      await this.#screen.flush();
      return 0;
    }
    this.#pager.input.end();
    return await this.#pager.done;
  }

  /** psql pages what the terminal would wrap. */
  #isTooWide(bytes: Buffer): boolean {
    return (
      this.#columns > 0 &&
      bytes.length > this.#columns &&
      bytes
        .toString()
        .split('\n')
        .some((line) => displayWidth(line) > this.#columns)
    );
  }

  #toPager(bytes: Buffer): Promise<void> | undefined {
    const input = this.#pager?.input;
    // The reader may have left.
    if (input === undefined || !input.writable || input.write(bytes)) return undefined;
    return new Promise((resolve) => {
      const settle = (): void => {
        input.off('drain', settle);
        input.off('close', settle);
        resolve();
      };
      input.once('drain', settle);
      input.once('close', settle);
    });
  }
}

function count(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}
