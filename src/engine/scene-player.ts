import { type Column, isRightAligned } from '../result/column.ts';
import { rowTexts } from '../result/row-texts.ts';
import type { TransactionStatus } from '../result/server-event.ts';
import type { Session } from '../server/session.ts';
import type { SceneSide, SceneStep } from '../snippets/scene.ts';
import { splitInput } from '../sql/split.ts';
import type { Untrusted } from '../text/untrusted.ts';
import { query } from './side-session.ts';

/** What one of the sessions said or was sent, in the order of both. */
export type SceneEntry = { readonly side: SceneSide } & (
  | { readonly kind: 'statement'; readonly sql: string }
  | {
      readonly kind: 'rows';
      readonly columns: readonly { readonly name: Untrusted; readonly align: 'left' | 'right' }[];
      readonly rows: readonly (readonly (Untrusted | null)[])[];
    }
  | { readonly kind: 'tag'; readonly tag: Untrusted }
  | { readonly kind: 'error'; readonly code: string; readonly message: Untrusted }
  | { readonly kind: 'lost'; readonly reason: Untrusted }
);

export interface SceneSession {
  /** From ReadyForQuery; undefined: lost. */
  readonly status: TransactionStatus | undefined;
  /** Its step has not ended. */
  readonly isRunning: boolean;
  /** Milliseconds of the clock since the server said that the other one holds it up. */
  readonly waitsSince: number | undefined;
}

export interface SceneState {
  readonly entries: readonly SceneEntry[];
  readonly sessions: Readonly<Record<SceneSide, SceneSession>>;
}

/** Opens one more session on the server; undefined: it cannot be had, and why. */
export type OpenSession = () => Promise<{ readonly ok: true; readonly session: Session } | { readonly ok: false; readonly text: string }>;

type Opened = { readonly ok: true; readonly player: ScenePlayer } | { readonly ok: false; readonly text: string };

const sides: readonly SceneSide[] = ['A', 'B'];
const fresh: SceneSession = { status: 'idle', isRunning: false, waitsSince: undefined };
/** Milliseconds between looks at whether a statement waits for the other session. */
const lookEvery = 100;
/** Milliseconds after which a wait is not going to end by itself soon. */
const longWait = 300;

/**
 * Plays a scene on two sessions of its own, in a schema of its own that is dropped in the end. A third session watches: it knows who
 * waits for whom, which neither of the two can be asked while it waits.
 */
export class ScenePlayer {
  readonly schema: string;
  readonly #sessions: Readonly<Record<SceneSide, Session>>;
  readonly #watcher: Session;
  readonly #tell: (state: SceneState) => void;
  readonly #running: Record<SceneSide, Promise<void>> = { A: Promise.resolve(), B: Promise.resolve() };
  #settling: Promise<void> = Promise.resolve();
  #state: SceneState = { entries: [], sessions: { A: fresh, B: fresh } };
  #isClosed = false;

  private constructor(sessions: Readonly<Record<SceneSide, Session>>, watcher: Session, schema: string, tell: (state: SceneState) => void) {
    this.#sessions = sessions;
    this.#watcher = watcher;
    this.schema = schema;
    this.#tell = tell;
  }

  static async open(openSession: OpenSession, tell: (state: SceneState) => void): Promise<Opened> {
    const opened: Session[] = [];
    const giveUp = async (text: string): Promise<Opened> => {
      for (const session of opened) await session.close();
      return { ok: false, text };
    };
    for (let count = 0; count < 3; count++) {
      const outcome = await openSession();
      if (!outcome.ok) return await giveUp(outcome.text);
      opened.push(outcome.session);
    }
    const [A, B, watcher] = opened;
    if (A === undefined || B === undefined || watcher === undefined) throw new Error('three sessions were opened');
    const schema = `howdah_scene_${watcher.info.processId}`;
    const setUp: readonly (readonly [Session, string])[] = [
      [watcher, `CREATE SCHEMA ${schema}`],
      [A, `SET search_path = ${schema}`],
      [B, `SET search_path = ${schema}`],
    ];
    for (const [session, sql] of setUp) {
      const answer = await query(session, sql);
      if (!answer.ok) return await giveUp(`The scene needs a schema of its own: ${answer.text}`);
    }
    return { ok: true, player: new ScenePlayer({ A, B }, watcher, schema, tell) };
  }

  get state(): SceneState {
    return this.#state;
  }

  /** Resolves when all has ended that the step has begun or set free, or is known to wait. */
  async play(step: SceneStep): Promise<void> {
    await this.#running[step.side];
    this.#running[step.side] = this.#statements(step);
    this.#settling = this.#settle();
    await this.#settling;
  }

  /** Ends what runs, leaves nothing behind. False: the schema could not be dropped. */
  async close(): Promise<boolean> {
    this.#isClosed = true;
    for (const side of sides) if (this.#sessions[side].isBusy) await this.#sessions[side].cancel();
    // The end of a session rolls back what it has open.
    await Promise.all(sides.map((side) => this.#sessions[side].close()));
    await Promise.all(sides.map((side) => this.#running[side]));
    await this.#settling;
    const { ok } = await query(this.#watcher, `DROP SCHEMA ${this.schema} CASCADE`);
    await this.#watcher.close();
    return ok;
  }

  async #statements({ side, sql }: SceneStep): Promise<void> {
    this.#follow(side, { isRunning: true });
    for (const { start, end } of splitInput(sql)) {
      if (this.#isClosed || this.#sessions[side].status === undefined) break;
      await this.#run(side, sql.slice(start, end));
    }
    this.#follow(side, { isRunning: false });
  }

  async #run(side: SceneSide, sql: string): Promise<void> {
    const session = this.#sessions[side];
    this.#add({ side, kind: 'statement', sql });
    let columns: readonly Column[] = [];
    let rows: (Untrusted | null)[][] = [];
    for await (const event of session.run({ sql })) {
      if (event.type === 'columns') {
        columns = event.columns;
        rows = [];
      } else if (event.type === 'rows') rows.push(...rowTexts(event.batch));
      else if (event.type === 'complete') {
        if (columns.length === 0) this.#add({ side, kind: 'tag', tag: event.tag });
        else this.#add({ side, kind: 'rows', columns: columns.map(heading), rows });
        columns = [];
      } else if (event.type === 'error') this.#add({ side, kind: 'error', code: event.error.code, message: event.error.message });
      else if (event.type === 'lost' && !this.#isClosed) this.#add({ side, kind: 'lost', reason: event.reason });
    }
    this.#follow(side, { status: session.status, waitsSince: undefined });
  }

  async #settle(): Promise<void> {
    for (;;) {
      const running = sides.filter((side) => this.#state.sessions[side].isRunning);
      let settled = 0;
      for (const side of running) if (await this.#isSettled(side)) settled++;
      if (settled === running.length || this.#isClosed) return;
      await Promise.race([...running.map((side) => this.#running[side]), new Promise((resolve) => setTimeout(resolve, lookEvery))]);
    }
  }

  /** Whether this one has ended, or the server says, and has said for a while, that somebody holds it up. */
  async #isSettled(side: SceneSide): Promise<boolean> {
    const { processId } = this.#sessions[side].info;
    const answer = await query(this.#watcher, `SELECT pg_catalog.cardinality(pg_catalog.pg_blocking_pids(${processId}))`);
    const isBlocked = answer.ok && answer.rows[0]?.[0] !== '0';
    const { isRunning, waitsSince } = this.#state.sessions[side];
    const isWaiting = isRunning && isBlocked;
    if (isRunning) this.#follow(side, { waitsSince: isWaiting ? (waitsSince ?? Date.now()) : undefined });
    return !isRunning || (isWaiting && Date.now() - (waitsSince ?? Date.now()) >= longWait);
  }

  #add(entry: SceneEntry): void {
    this.#change({ ...this.#state, entries: [...this.#state.entries, entry] });
  }

  #follow(side: SceneSide, change: Partial<SceneSession>): void {
    const { sessions } = this.#state;
    this.#change({ ...this.#state, sessions: { ...sessions, [side]: { ...sessions[side], ...change } } });
  }

  #change(state: SceneState): void {
    this.#state = state;
    if (!this.#isClosed) this.#tell(state);
  }
}

function heading({ name, typeOid }: Column): { readonly name: Untrusted; readonly align: 'left' | 'right' } {
  return { name, align: isRightAligned(typeOid) ? 'right' : 'left' };
}
