import { parseBoolean } from '../commands/parse-value.ts';
import type { Interpreter } from '../engine/interpreter.ts';
import type { ReviewedStatement } from '../engine/output-event.ts';
import type { SideSession } from '../engine/side-session.ts';
import { firstLine } from '../engine/transaction/sent-statement.ts';
import { hasStandardStrings } from '../server/has-standard-strings.ts';
import type { Session } from '../server/session.ts';
import { cannotRunInTransaction } from '../sql/classify.ts';
import { assess, type KnownFacts } from '../sql/guard/assess.ts';
import { createdObjects } from '../sql/guard/created-objects.ts';
import { guardQuestion } from '../sql/guard/guard-question.ts';
import type { GuardScene } from '../sql/guard/guard-rule.ts';
import { PreparedTexts } from '../sql/guard/prepared-texts.ts';
import { formatIdentifier } from '../sql/quote.ts';
import { environmentWord, factsOf } from './connection.ts';
import { decideGuard, type GuardAsk } from './guard-decision.ts';
import { type CatalogAsk, lookUpLoss } from './loss-lookup.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import { guardQuestionOnScreen, type PendingQuestion } from './question.ts';
import { rehearsable } from './rehearse-instead.ts';
import { shownStatement } from './shown-statement.ts';
import type { Submission } from './submission.ts';

export interface GuardParts {
  readonly interpreter: Interpreter;
  readonly side: SideSession;
  model(): Model;
  dispatch(message: Message): void;
  say(severity: 'warning', text: string): void;
  ask(question: PendingQuestion): Promise<string | undefined>;
}

/** Rows from which on a statement on production is asked about, where HOWDAH_GUARD_ROWS does not say. */
const defaultRowLimit = 10_000;

/** Looks at every statement before it is sent, and asks where something could be lost. When that is: see sql/guard/guard-rule.ts. */
export class GuardKeeper {
  readonly #parts: GuardParts;
  readonly #prepared = new PreparedTexts();
  /** Names of the server's own functions: see RoutinePlace. */
  readonly #builtIn = new Set<string>();
  #count = 0;
  #instead: Submission | undefined;

  constructor(parts: GuardParts) {
    this.#parts = parts;
  }

  /** There is another session, and perhaps another database: nothing is known there. */
  forget(): void {
    this.#prepared.clear();
    this.#builtIn.clear();
  }

  /** False: it is not to be sent; why was said. */
  async review(statement: ReviewedStatement): Promise<boolean> {
    const { session } = this.#parts.interpreter;
    if (session === undefined) return true;
    const standardStrings = hasStandardStrings(session);
    const sql = statement.prepared === undefined ? statement.sql : `EXECUTE ${formatIdentifier(statement.prepared)}`;
    const scene = this.#scene(session, sql);
    const facts = this.#facts(standardStrings, scene);
    // Nothing runs in a failed transaction but what ends it.
    if (session.status === 'failed' && assess(sql, facts).effects.every((effect) => effect.kind !== 'transaction')) return true;
    const ask = statement.prepare === undefined ? await this.#decide({ ...statement, sql }, scene, facts, session) : undefined;
    if (statement.prepare === undefined) this.#prepared.note(sql, standardStrings);
    else this.#prepared.add(statement.prepare, sql);
    // A function of the user's own may get the name of a built-in one.
    if (/\b(?:function|procedure|routine|aggregate|extension)\b/i.test(sql)) this.#builtIn.clear();
    if (ask === undefined) return true;
    const instead = ask.isUndone ? rehearsable(sql, this.#parts.model().running?.submission, this.#parts.interpreter) : undefined;
    const answer = await this.#answer(ask, sql, session, instead !== undefined);
    if (answer === 'rehearse') this.#instead = instead;
    else if (answer !== 'run') this.#parts.say('warning', `Not run, and nothing after it: ${firstLine(sql.trim())}`);
    return answer === 'run';
  }

  /** What was not sent, and is to be rehearsed instead. */
  takeInstead(): Submission | undefined {
    const instead = this.#instead;
    this.#instead = undefined;
    return instead;
  }

  async #decide(
    { sql, hasParameters, prepared }: ReviewedStatement,
    scene: GuardScene,
    facts: KnownFacts,
    { versionNumber: version }: Session,
  ): Promise<GuardAsk | undefined> {
    const { interpreter, side } = this.#parts;
    // Nothing can be lost.
    if (interpreter.writeAccess === 'locked') return undefined;
    if (scene.environment !== 'production' && !this.#isOn) return undefined;
    return await decideGuard({
      sql,
      hasParameters,
      scene,
      facts,
      version,
      builtIn: this.#builtIn,
      isCreated: (name, object) => createdObjects(this.#ran, facts)(name, object),
      rowLimit: Number(interpreter.variables.get('HOWDAH_GUARD_ROWS') ?? defaultRowLimit),
      // Any query would make the server forget the unnamed prepared statement that is about to run.
      aside: (work) => (prepared === '' ? Promise.resolve(undefined) : interpreter.aside(work)),
      besides: async (query) => {
        const answer = await side.ask(query);
        return answer.ok ? answer.rows : undefined;
      },
    });
  }

  /** What the open transaction has done so far. */
  get #ran(): readonly string[] {
    return (this.#parts.interpreter.transaction?.transaction?.entries ?? []).flatMap((entry) =>
      entry.kind === 'statement' && entry.error === undefined && !entry.isUndone ? [entry.sql] : [],
    );
  }

  get #isOn(): boolean {
    return parseBoolean(this.#parts.interpreter.variables.get('HOWDAH_GUARD') ?? 'on') !== false;
  }

  #scene(session: Session, sql: string): GuardScene {
    const { variables } = this.#parts.interpreter;
    const begins = parseBoolean(variables.get('AUTOCOMMIT') ?? 'on') === false && !cannotRunInTransaction(sql);
    return {
      environment: factsOf(this.#parts.model().connection)?.environment ?? 'development',
      isInTransaction: session.status === 'transaction' || (session.status === 'idle' && begins),
      hasAutomaticSavepoints: /^(?:last|every)$/i.test(variables.get('HOWDAH_SAVEPOINTS') ?? ''),
    };
  }

  /** Of the texts prepared under one name the one to be asked about counts: which of them the server took is not known. */
  #facts(standardStrings: boolean, { environment }: GuardScene): KnownFacts {
    const prepared = (name: string): string | undefined => {
      const texts = this.#prepared.of(name);
      const isAsked = (text: string): boolean => guardQuestion(assess(text, { standardStrings }), { environment }) !== undefined;
      return texts.find(isAsked) ?? texts.at(-1);
    };
    return { standardStrings, prepared };
  }

  async #answer({ why, name, request }: GuardAsk, sql: string, session: Session, canRehearse: boolean): Promise<string | undefined> {
    const id = `guard-${++this.#count}`;
    const lines = [...shownStatement(sql), '', ...this.#place(session)];
    const asked = this.#parts.ask(guardQuestionOnScreen(id, why, lines, name, canRehearse));
    const tell = (found: readonly string[]) => this.#parts.dispatch({ type: 'question-changed', id, lines: [...lines, ...found] });
    const looking = request === undefined ? undefined : lookUpLoss(request, this.#catalog(session), tell);
    const answer = await asked;
    // The one session of the embedded engine must be free again.
    if (session.info.security === 'embedded') await looking;
    return answer;
  }

  #catalog(session: Session): CatalogAsk {
    const { interpreter, side } = this.#parts;
    if (session.info.security !== 'embedded') {
      return async (sql) => {
        const answer = await side.ask(sql);
        return answer.ok ? answer : undefined;
      };
    }
    let last: Promise<unknown> = Promise.resolve();
    return async (sql) => {
      if (session.status !== 'idle') return undefined;
      const rows = last.then(() => interpreter.aside((query) => query(sql)));
      last = rows;
      const found = await rows;
      return found && { columns: [], rows: found };
    };
  }

  /** Where it would run; on production also that the guards stay on. */
  #place({ info }: Session): readonly string[] {
    const { profile, environment } = factsOf(this.#parts.model().connection) ?? {};
    const word = environmentWord(environment);
    const where = [profile, word, `${info.user}@${info.host}/${info.database}`].filter((part) => part !== undefined).join(' · ');
    const isOff = environment === 'production' && !this.#isOn;
    return [`On ${where}`, ...(isOff ? ['HOWDAH_GUARD is off, which does not count on production.'] : [])];
  }
}
