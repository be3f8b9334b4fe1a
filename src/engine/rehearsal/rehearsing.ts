import type { Rows } from '../../catalog/catalog-work.ts';
import {
  heldLocks,
  heldLocksQuery,
  type TableWrites,
  tableWrites,
  writesQuery,
  writesSince,
} from '../../catalog/rehearsal/session-work.ts';
import { alteredFilesQuery, rewrittenNotes } from '../../catalog/rehearsal/table-files.ts';
import { type TargetFacts, targetFacts, targetFactsQueries, volatileNamesQuery } from '../../catalog/rehearsal/target-facts.ts';
import type { Column } from '../../result/column.ts';
import type { RowStore } from '../../result/row-store.ts';
import type { ServerError } from '../../result/server-error.ts';
import { hasStandardStrings } from '../../server/has-standard-strings.ts';
import type { UndoLimit } from '../../sql/guard/undo-limits.ts';
import { calledNames } from '../../sql/rehearsal/called-names.ts';
import { type DmlShape, dmlShape } from '../../sql/rehearsal/dml-shape.ts';
import { runCatalogQuery } from '../catalog-query.ts';
import type { EngineState } from '../engine-state.ts';
import { setErrorVariables, setSuccessVariables } from '../result-variables.ts';
import { sendSilently } from '../send-query.ts';
import { sqlFor } from '../transaction/action-sql.ts';
import { automaticName } from '../transaction/undo-targets.ts';
import { KeptStore, ReturnedPairs, type RowsRoom, type RowsTaker, Snapshot, SnapshotPairs } from './pair-rows.ts';
import { type RehearsalPlan, rehearsalPlan } from './plan.ts';
import type { RehearsalOutcome, RehearsedRows } from './rehearsed.ts';

/** One rehearsal, from the savepoint or BEGIN before the statement to what is known after it. */
export class Rehearsing {
  readonly #state: EngineState;
  readonly #sql: string;
  readonly #limits: readonly UndoLimit[];
  readonly #room: RowsRoom;
  readonly #shape: DmlShape | undefined;
  readonly #savepoint: string | undefined;
  readonly #sent: string[] = [];
  #store: RowStore | undefined;
  #snapshot: Snapshot | undefined;

  constructor(state: EngineState, sql: string, limits: readonly UndoLimit[], room: RowsRoom) {
    this.#state = state;
    this.#sql = sql;
    this.#limits = limits;
    this.#room = room;
    this.#shape = dmlShape(sql, hasStandardStrings(state.session));
    const record = state.transaction?.record;
    this.#savepoint = state.session?.status === 'transaction' && record !== undefined ? automaticName(record) : undefined;
  }

  async run(): Promise<RehearsalOutcome> {
    const name = this.#savepoint;
    if (!(await this.#send(name === undefined ? 'BEGIN' : sqlFor({ kind: 'savepoint', name })))) return { type: 'failed', isUndone: true };
    const prepared = await this.#prepare();
    if (prepared === undefined) return await this.#undo();
    const { facts, plan, before, files } = prepared;
    const since = Date.now();
    const ran = await this.#execute(plan);
    this.#snapshot?.close();
    if ('error' in ran) return await this.#fail(ran.error);
    if (this.#state.session?.status !== 'transaction') return this.#lose();
    const after = await this.#ask(writesQuery(this.#shape?.target));
    const locks = after && (await this.#ask(heldLocksQuery));
    const newFiles = locks && (await this.#files());
    if (after === undefined || locks === undefined || newFiles === undefined) return await this.#undo();
    return {
      type: 'open',
      rehearsed: {
        sent: this.#sent,
        tag: ran.tag,
        milliseconds: ran.milliseconds,
        since,
        savepoint: name,
        rows: this.#rows(plan, facts, ran),
        writes: writesSince(before, tableWrites(after)),
        locks: heldLocks(locks, facts?.name),
        triggers: facts?.triggers ?? [],
        target: facts?.name,
        limits: this.#limits,
        notes: [...plan.notes, ...rewrittenNotes(files, newFiles)],
      },
    };
  }

  /** What must be known before the statement is sent; undefined: it could not be had, and that was said. */
  async #prepare(): Promise<
    { facts: TargetFacts | undefined; plan: RehearsalPlan; before: readonly TableWrites[]; files: Rows } | undefined
  > {
    const shape = this.#shape;
    const version = this.#state.session?.versionNumber ?? 0;
    const facts = shape === undefined ? undefined : await this.#facts(shape, version);
    if (facts === 'failed') return undefined;
    let volatile: readonly string[] = [];
    const names =
      shape?.command === 'update' && version < 180_000 ? calledNames(this.#sql, shape, hasStandardStrings(this.#state.session)) : [];
    if (names.length > 0) {
      const found = await this.#ask(volatileNamesQuery(names));
      if (found === undefined) return undefined;
      volatile = found.rows.map(([name]) => name ?? '');
    }
    const plan = rehearsalPlan(this.#sql, shape, facts, version, volatile);
    const writes = await this.#ask(writesQuery(shape?.target));
    const files = writes && (await this.#files());
    if (writes === undefined || files === undefined || !(await this.#look(plan))) return undefined;
    return { facts, plan, before: tableWrites(writes), files };
  }

  async #files(): Promise<Rows | undefined> {
    const query = alteredFilesQuery(this.#sql, hasStandardStrings(this.#state.session));
    return query === undefined ? { columns: [], rows: [] } : await this.#ask(query);
  }

  async #facts(shape: DmlShape, version: number): Promise<TargetFacts | undefined | 'failed'> {
    const command = shape.isUpsert ? 'merge' : shape.command;
    const [tableQuery, columnsQuery] = targetFactsQueries(shape.target, command, version);
    const table = await this.#ask(tableQuery);
    const columns = table && (await this.#ask(columnsQuery));
    return table === undefined || columns === undefined ? 'failed' : targetFacts(table, columns);
  }

  /** The rows as they are before; false: that failed, and was said. */
  async #look({ snapshot, rows }: RehearsalPlan): Promise<boolean> {
    if (snapshot === undefined || rows === undefined) return true;
    const taken = new Snapshot(
      this.#room,
      rows.columns.length,
      snapshot.key.map((name) => rows.columns.indexOf(name)),
    );
    this.#snapshot = taken;
    const { error } = await this.#stream(snapshot.sql, true, () => taken);
    if (error !== undefined) this.#state.serverMessage(error, snapshot.sql);
    return error === undefined;
  }

  async #execute(plan: RehearsalPlan): Promise<Ran | { readonly error: ServerError | undefined }> {
    let pairs: ReturnedPairs | undefined;
    let returned: readonly Column[] = [];
    let result: { columns: readonly Column[]; kept: KeptStore } | undefined;
    const open = (columns: readonly Column[]): RowsTaker => {
      if (plan.rows === undefined) {
        const kept = new KeptStore(this.#room, columns.length);
        result = { columns, kept };
        this.#store = kept.store;
        return kept;
      }
      pairs = new ReturnedPairs(this.#room, plan.rows);
      returned = columns.slice(1, 1 + plan.rows.columns.length);
      this.#store = pairs.store;
      return this.#snapshot === undefined ? pairs : new SnapshotPairs(pairs, this.#snapshot);
    };
    const started = performance.now();
    const { tag, error, isOver } = await this.#stream(plan.sql, false, open);
    const milliseconds = performance.now() - started;
    if (error !== undefined || !isOver) return { error };
    setSuccessVariables(this.#state.variables, tag);
    return { tag: tag ?? '', milliseconds, pairs, returned, result: result && { columns: result.columns, store: result.kept.store } };
  }

  /** Runs a string and hands its rows over. Notices and notifications are told as always. */
  async #stream(sql: string, isOwn: boolean, open: (columns: readonly Column[]) => RowsTaker): Promise<Answer> {
    const state = this.#state;
    const { session } = state;
    if (session === undefined) return { tag: undefined, error: undefined, isOver: false };
    this.#sent.push(sql);
    let taker: RowsTaker | undefined;
    let answer: Answer = { tag: undefined, error: undefined, isOver: false };
    for await (const event of session.run({ sql, isOwn })) {
      if (event.type === 'columns') taker = open(event.columns);
      else if (event.type === 'rows') await taker?.take(event.batch);
      else if (event.type === 'complete') answer = { ...answer, tag: event.tag };
      else if (event.type === 'error') answer = { ...answer, error: event.error };
      else if (event.type === 'notice') state.serverMessage(event.notice, sql);
      else if (event.type === 'notification') state.notifications.push(event);
      else if (event.type === 'copyIn') session.copyFail('COPY FROM STDIN cannot be rehearsed');
      else if (event.type === 'ready') answer = { ...answer, isOver: true };
      else if (event.type === 'lost') {
        await state.emit({ type: 'server', event });
        state.connectionLost(event.reason);
      }
    }
    return answer;
  }

  #rows(plan: RehearsalPlan, facts: TargetFacts | undefined, { pairs, returned, result }: Ran): RehearsedRows | undefined {
    if (result !== undefined) return { type: 'result', ...result };
    if (pairs === undefined || plan.rows === undefined) return undefined;
    const { columns } = plan.rows;
    const key = (facts?.columns ?? []).filter(({ isKey, name }) => isKey && columns.includes(name)).map(({ name }) => name);
    const { counts, isChanged } = pairs.tally;
    return { type: 'pairs', columns: returned, key, pairs: pairs.pairs, store: pairs.store, counts, isChanged };
  }

  /** The statement's own error: rolled back first, then shown as any error is. */
  async #fail(error: ServerError | undefined): Promise<RehearsalOutcome> {
    const state = this.#state;
    const outcome = await this.#undo();
    if (error === undefined) return outcome;
    state.lastError = { error, sql: this.#sql };
    setErrorVariables(state.variables, error);
    await state.emit({ type: 'statement', sql: this.#sql, options: state.print });
    await state.emit({ type: 'server', event: { type: 'error', error } });
    state.serverMessage(error, this.#sql);
    return outcome;
  }

  async #undo(): Promise<RehearsalOutcome> {
    this.#store?.close();
    const name = this.#savepoint;
    const { status } = this.#state.session ?? {};
    if (status === undefined) return { type: 'failed', isUndone: false };
    if (name === undefined) return { type: 'failed', isUndone: status === 'idle' || (await this.#send('ROLLBACK')) };
    const release = sqlFor({ kind: 'release', name });
    return { type: 'failed', isUndone: await this.#send(`${sqlFor({ kind: 'rollback-to', name })}; ${release}`) };
  }

  /** Nothing is open any more though no error came. */
  #lose(): RehearsalOutcome {
    this.#store?.close();
    if (this.#state.session !== undefined)
      this.#state.complain('The statement has ended the transaction itself: what it did may have been committed.');
    return { type: 'failed', isUndone: false };
  }

  async #send(sql: string): Promise<boolean> {
    this.#sent.push(sql);
    return await sendSilently(this.#state, sql);
  }

  async #ask(sql: string) {
    this.#sent.push(sql);
    return await runCatalogQuery(this.#state, sql);
  }
}

interface Answer {
  readonly tag: string | undefined;
  readonly error: ServerError | undefined;
  /** ReadyForQuery came. */
  readonly isOver: boolean;
}

interface Ran {
  readonly tag: string;
  readonly milliseconds: number;
  readonly pairs: ReturnedPairs | undefined;
  /** The columns of the table as they came back. */
  readonly returned: readonly Column[];
  readonly result: { readonly columns: readonly Column[]; readonly store: RowStore } | undefined;
}
