interface Frame {
  readonly text: string;
  /** The variable this text is the value of; undefined for the line itself. */
  readonly variable: string | undefined;
  at: number;
}

/** The line being scanned and, above it, the values of the variables being expanded. Tokens do not reach from one into the next. */
export class InputStack {
  #frames: Frame[] = [];

  setLine(text: string): void {
    this.#frames = [{ text, variable: undefined, at: 0 }];
  }

  clear(): void {
    this.#frames = [];
  }

  push(text: string, variable: string): void {
    this.#frames.push({ text, variable, at: 0 });
  }

  isExpanding(variable: string): boolean {
    return this.#frames.some((frame) => frame.variable === variable);
  }

  /** The frame to read on in, finished expansions dropped; undefined at the end of the line. */
  current(): Frame | undefined {
    for (;;) {
      const frame = this.#frames.at(-1);
      if (frame === undefined || frame.at < frame.text.length) return frame;
      if (this.#frames.length === 1) return undefined;
      this.#frames.pop();
    }
  }

  /** Offset in the line: where the next token starts, or the end of the variable being expanded. */
  get position(): number {
    return this.#frames[0]?.at ?? 0;
  }

  /** All that is not yet scanned. */
  get rest(): string {
    return this.#frames
      .map((frame) => frame.text.slice(frame.at))
      .reverse()
      .join('');
  }
}
