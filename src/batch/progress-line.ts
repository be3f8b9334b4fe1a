import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { CopyProgress } from '../engine/copy-progress.ts';
import { copyProgressText } from '../engine/copy-progress.ts';

const standardError = 2;

/** One line on a terminal's standard error that tells how far a COPY is, and goes when that ends or anything else is said. */
export class ProgressLine {
  readonly isWanted = isatty(standardError);
  #isShown = false;

  show(progress: CopyProgress | undefined): void {
    if (!this.isWanted) return;
    this.erase();
    if (progress === undefined) return;
    // A line that wraps could not be taken back.
    const text = copyProgressText(progress).slice(0, Math.max(0, (process.stderr.columns ?? 80) - 1));
    this.#isShown = this.#write(text);
  }

  erase(): void {
    if (this.#isShown) this.#write('\r\u001b[K');
    this.#isShown = false;
  }

  /** False: the terminal takes nothing now; the next one may do. */
  #write(text: string): boolean {
    try {
      return writeSync(standardError, text) > 0;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return false;
      throw error;
    }
  }
}
