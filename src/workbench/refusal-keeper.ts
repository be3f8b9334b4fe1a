import type { Interpreter } from '../engine/interpreter.ts';
import type { ReviewedStatement } from '../engine/output-event.ts';
import { firstLine } from '../engine/transaction/sent-statement.ts';
import { hasStandardStrings } from '../server/has-standard-strings.ts';
import { pooledAdvice, type SessionState, sessionStateOf } from '../sql/guard/session-state.ts';
import { refusedOnStandby } from '../sql/guard/standby-refusal.ts';
import type { Model } from './model.ts';

export interface RefusalParts {
  readonly interpreter: Interpreter;
  model(): Model;
  /** Asks the server anew. */
  isStandby(): Promise<boolean>;
  say(severity: 'warning' | 'error', text: string): void;
}

/** Says before a statement is sent that it cannot work where it would run: then it is not sent. */
export class RefusalKeeper {
  readonly #parts: RefusalParts;
  /** What was said of the pooler, once for a session. */
  readonly #said = new Set<SessionState>();

  constructor(parts: RefusalParts) {
    this.#parts = parts;
  }

  /** There is another session. */
  forget(): void {
    this.#said.clear();
  }

  /** False: it is not to be sent; why was said. */
  async review({ sql, prepared, prepare }: ReviewedStatement): Promise<boolean> {
    if (prepared !== undefined) return true;
    const refusal = prepare === undefined ? await this.#refusal(sql) : undefined;
    if (refusal !== undefined) {
      this.#parts.say('error', `${refusal} Not sent: ${firstLine(sql.trim())}`);
      return false;
    }
    this.#tellOfPooler(sql, prepare !== undefined);
    return true;
  }

  async #refusal(sql: string): Promise<string | undefined> {
    const { interpreter, model } = this.#parts;
    const { session } = interpreter;
    if (session === undefined || session.status === 'failed') return undefined;
    const standardStrings = hasStandardStrings(session);
    const written = model().outside.traits?.isStandby === true ? refusedOnStandby(sql, { standardStrings }) : undefined;
    if (written === undefined || !(await this.#parts.isStandby())) return undefined;
    return `This server is a standby, which refuses ${written}: connect to the primary to write.`;
  }

  #tellOfPooler(sql: string, isPrepared: boolean): void {
    const { model, say, interpreter } = this.#parts;
    if (model().outside.traits?.pooling !== 'transaction-pooler') return;
    const standardStrings = hasStandardStrings(interpreter.session);
    const states = isPrepared ? (['prepared'] as const) : sessionStateOf(sql, { standardStrings });
    for (const state of states) {
      if (this.#said.has(state)) continue;
      this.#said.add(state);
      say('warning', `Through this pooler: ${pooledAdvice[state]}`);
    }
  }
}
