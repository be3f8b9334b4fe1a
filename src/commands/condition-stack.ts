/** psql's ifState: what an \if block is doing (fe_utils/conditional.h). */
export type ConditionState = 'true' | 'false' | 'ignored' | 'else-true' | 'else-false';

interface Condition {
  readonly state: ConditionState;
  /** Length of the query buffer when the branch began: an inactive branch is cut off again. */
  readonly bufferLength: number;
  /** Depth of parentheses then. */
  readonly parenthesisDepth: number;
}

/** The nesting of \if blocks of one source. */
export class ConditionStack {
  #conditions: Condition[] = [];
  readonly #scanner: { parenDepth: number };

  /** `scanner`: whose depth of parentheses an inactive branch must not change. */
  constructor(scanner: { parenDepth: number }) {
    this.#scanner = scanner;
  }

  get isEmpty(): boolean {
    return this.#conditions.length === 0;
  }

  get top(): ConditionState | undefined {
    return this.#conditions.at(-1)?.state;
  }

  /** Whether statements and commands run here. */
  get isActive(): boolean {
    const { top } = this;
    return top === undefined || top === 'true' || top === 'else-true';
  }

  /** Opens a block whose branch begins at this length of the query buffer. */
  push(state: ConditionState, bufferLength: number): void {
    this.#conditions.push({ state, bufferLength, parenthesisDepth: this.#scanner.parenDepth });
  }

  /** Changes what the innermost block does. */
  change(state: ConditionState): void {
    const top = this.#conditions.at(-1);
    if (top !== undefined) this.#conditions[this.#conditions.length - 1] = { ...top, state };
  }

  /** The same at the beginning of a branch. */
  begin(state: ConditionState, bufferLength: number): void {
    this.#conditions.pop();
    this.push(state, bufferLength);
  }

  /** Forgets what the scanner saw in an inactive branch; returns the length the query buffer had before it. */
  rewind(): number {
    const top = this.#conditions.at(-1);
    this.#scanner.parenDepth = top?.parenthesisDepth ?? 0;
    return top?.bufferLength ?? 0;
  }

  pop(): boolean {
    return this.#conditions.pop() !== undefined;
  }
}
