import { PreparedTexts } from '../../sql/guard/prepared-texts.ts';
import { type ReadOnlyPassage, readOnlyPassage } from '../../sql/guard/read-only-passage.ts';
import { readOnlyVerdict } from '../../sql/guard/read-only-verdict.ts';
import { hasStandardStrings } from '../has-standard-strings.ts';
import type { Session, StatementRequest } from '../session.ts';

/** Which way the requests of one session go; it remembers what was prepared. */
export class RequestJudge {
  readonly #session: Session;
  readonly #prepared = new PreparedTexts();

  /** `session`: what the requests are sent on. */
  constructor(session: Session) {
    this.#session = session;
  }

  /** Of a request that is about to be sent, whichever way. */
  note({ sql, prepare }: StatementRequest): void {
    if (prepare === undefined) this.#prepared.note(sql, this.#standardStrings);
    else this.#prepared.add(prepare, sql);
  }

  passageOf(request: StatementRequest): ReadOnlyPassage {
    if (request.close !== undefined) return { type: 'bare' };
    // Nothing runs.
    if (request.describeOnly === true || request.prepare !== undefined) return { type: 'walled', isUndone: false };
    const sql = request.prepared === undefined ? request.sql : this.#preparedText(request.prepared);
    // The server has a word for what is not prepared.
    if (sql === undefined) return { type: 'walled', isUndone: false };
    const { status, parameters } = this.#session;
    const clientEncoding = parameters.get('client_encoding');
    return readOnlyPassage(sql, {
      isInTransaction: status !== 'idle',
      standardStrings: this.#standardStrings,
      prepared: (name) => this.#preparedText(name),
      ...(clientEncoding === undefined ? {} : { clientEncoding }),
    });
  }

  /** Of the texts prepared under one name the worst counts: which of them the server took is not known. */
  #preparedText(name: string): string | undefined {
    const standardStrings = this.#standardStrings;
    const isRefused = (text: string): boolean =>
      !readOnlyVerdict(text, { standardStrings }).allowed ||
      !readOnlyVerdict('execute it', { standardStrings, prepared: () => text }).allowed;
    const texts = this.#prepared.of(name);
    return texts.find(isRefused) ?? texts.at(-1);
  }

  get #standardStrings(): boolean {
    return hasStandardStrings(this.#session);
  }
}
