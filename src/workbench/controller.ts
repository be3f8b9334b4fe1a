import { CatalogKeeper } from '../engine/catalog-keeper.ts';
import { CommitWitness } from '../engine/commit-witness.ts';
import { Interpreter } from '../engine/interpreter.ts';
import { SideSession } from '../engine/side-session.ts';
import { createRowStore } from '../result/create-row-store.ts';
import { openSpool } from '../system/spool.ts';
import { Asker } from './asker.ts';
import { Children } from './children.ts';
import { DdlKeeper } from './ddl-keeper.ts';
import type { Ending } from './ending.ts';
import { Exit } from './exit.ts';
import { GuardKeeper } from './guard-keeper.ts';
import type { WorkbenchLaunch } from './launch.ts';
import { measureShown } from './measure-shown.ts';
import { Memory } from './memory.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import { OutsideKeeper } from './outside-keeper.ts';
import { type EffectParts, performEffect } from './perform-effect.ts';
import { tellPrepared } from './prepared-notice.ts';
import { detectEntries, ProfileKeeper } from './profile-keeper.ts';
import { ReadOnlyKeeper } from './read-only-keeper.ts';
import { RefusalKeeper } from './refusal-keeper.ts';
import { RehearsalKeeper } from './rehearsal-keeper.ts';
import { ReplayKeeper } from './replay-keeper.ts';
import { Runner } from './runner.ts';
import { SceneKeeper } from './scene-keeper.ts';
import { ScriptKeeper } from './script-keeper.ts';
import { SessionKeeper } from './session-keeper.ts';
import { spoolLimit } from './spool-limit.ts';
import type { Submission } from './submission.ts';
import type { TerminalPort } from './terminal-port.ts';
import { TransactionKeeper } from './transaction-keeper.ts';
import { firstModel, update } from './update.ts';
import { WorkbenchFace } from './workbench-face.ts';

/** Holds the model, performs its effects: the workbench without a screen. */
export class Controller {
  readonly #options: WorkbenchLaunch;
  readonly #listeners = new Set<() => void>();
  readonly #asker = new Asker((message) => this.dispatch(message));
  readonly #children: Children;
  readonly #face: WorkbenchFace;
  readonly #interpreter: Interpreter;
  readonly #memory = new Memory();
  readonly #profiles = new ProfileKeeper();
  readonly #sessions: SessionKeeper;
  readonly #replay: ReplayKeeper;
  readonly #rehearsals: RehearsalKeeper;
  readonly #runner: Runner;
  readonly #scripts = new ScriptKeeper({
    model: () => this.#model,
    dispatch: (message) => this.dispatch(message),
    say: (severity, text) => this.#say(severity, text),
    ask: (question) => this.#asker.choose(question),
  });
  readonly #side = new SideSession({ session: () => this.#interpreter.session, open: () => this.#sessions.openSide() });
  readonly #witness = new CommitWitness(this.#side);
  readonly #catalog = new CatalogKeeper({ session: () => this.#interpreter.session, side: this.#side });
  readonly #scenes = new SceneKeeper({
    openSession: async () => {
      if (this.#interpreter.isReadOnly) return { ok: false, text: 'Scenes write rows, and this session is read-only.' };
      return (await this.#sessions.openSide()) ?? { ok: false, text: 'There is no session.' };
    },
    scenes: () => this.#memory.scenes(),
    dispatch: (message) => this.dispatch(message),
    say: (severity, text) => this.#say(severity, text),
  });
  readonly #guard: GuardKeeper;
  readonly #transaction: TransactionKeeper;
  readonly #outside: OutsideKeeper;
  readonly #readOnly: ReadOnlyKeeper;
  readonly #refusals: RefusalKeeper;
  readonly #parts: EffectParts;
  #model: Model;
  #isTelling = false;
  #clock: NodeJS.Timeout | undefined;
  readonly #exit: Exit;

  constructor(options: WorkbenchLaunch, terminal: TerminalPort) {
    this.#options = options;
    this.#model = firstModel(options.programName, terminal.size(), options.start.type === 'picker' ? 'picker' : 'work', Date.now());
    this.#children = new Children(terminal, (severity, text) => this.#say(severity, text));
    this.#face = new WorkbenchFace({
      dispatch: (message) => this.dispatch(message),
      now: () => Date.now(),
      transaction: () => this.#interpreter.transaction,
      columns: () => this.#model.size.columns,
      openStore: (columnCount) => createRowStore(columnCount, () => openSpool(this.#memory.spoolFolder)),
      ask: (question) => this.#asker.ask(question),
      review: async (statement) => (await this.#refusals.review(statement)) && (await this.#guard.review(statement)),
      spoolLimit: () => spoolLimit(this.#memory.spoolFolder, options.environment),
      stopReading: () => this.#runner.stopReading(),
      askToReadOn: (bytes) => this.#asker.askToReadOn(bytes),
      child: (request) => this.#children.run(request),
      openCommand: (command) => this.#children.openCommand(command),
      sessionChanged: (event) => this.#sessions.changed(event),
    });
    this.#interpreter = new Interpreter({
      face: this.#face,
      programName: options.programName,
      session: undefined,
      connect: (request) => this.#sessions.connectByCommand(request),
      variables: Object.entries(options.variables),
      print: options.print,
      witness: this.#witness,
    });
    this.#sessions = new SessionKeeper(this.#interpreter, this.#profiles, {
      programName: options.programName,
      passwords: options.askPassword,
      isReadOnly: options.isReadOnly ?? false,
      model: () => this.#model,
      dispatch: (message) => this.dispatch(message),
      say: (severity, text) => this.#say(severity, text),
      askPassword: (prompt) => this.#asker.ask({ type: 'secret', prompt }),
      ask: (question) => this.#asker.choose(question),
      outcome: (doubt) => this.#witness.outcome(doubt),
      prepare: () => this.#memory.findFolders(),
      startUp: async () => (options.readsStartupFiles ? await this.#runner.startUp() : undefined),
      followed: () => this.#followed(),
      leave: (ending) => this.#exit.leave(ending),
    });
    this.#guard = new GuardKeeper({
      interpreter: this.#interpreter,
      side: this.#side,
      model: () => this.#model,
      dispatch: (message) => this.dispatch(message),
      say: (severity, text) => this.#say(severity, text),
      ask: (question) => this.#asker.choose(question),
    });
    this.#transaction = new TransactionKeeper({
      interpreter: this.#interpreter,
      side: this.#side,
      model: () => this.#model,
      dispatch: (message) => this.dispatch(message),
      ask: (question) => this.#asker.choose(question),
    });
    this.#refusals = new RefusalKeeper({
      interpreter: this.#interpreter,
      model: () => this.#model,
      isStandby: () => this.#outside.isStandby(),
      say: (severity, text) => this.#say(severity, text),
    });
    this.#outside = new OutsideKeeper({
      interpreter: this.#interpreter,
      side: this.#side,
      transaction: this.#transaction,
      openSide: () => this.#sessions.openSide(),
      model: () => this.#model,
      dispatch: (message) => this.dispatch(message),
    });
    this.#replay = new ReplayKeeper({
      interpreter: this.#interpreter,
      model: () => this.#model,
      dispatch: (message) => this.dispatch(message),
      ask: (question) => this.#asker.choose(question),
      say: (severity, text) => this.#say(severity, text),
    });
    this.#readOnly = new ReadOnlyKeeper({
      interpreter: this.#interpreter,
      side: this.#side,
      model: () => this.#model,
      dispatch: (message) => this.dispatch(message),
      say: (severity, text) => this.#say(severity, text),
      ask: (question) => this.#asker.choose(question),
    });
    this.#runner = new Runner({
      interpreter: this.#interpreter,
      face: this.#face,
      catalog: this.#catalog,
      transaction: this.#transaction,
      memory: this.#memory,
      dispatch: (message) => this.dispatch(message),
    });
    this.#rehearsals = new RehearsalKeeper({
      interpreter: this.#interpreter,
      face: this.#face,
      catalog: this.#catalog,
      ddl: new DdlKeeper({ interpreter: this.#interpreter, side: this.#side }),
      transaction: this.#transaction,
      model: () => this.#model,
      dispatch: (message) => this.dispatch(message),
      say: (severity, text) => this.#say(severity, text),
      ask: (question) => this.#asker.choose(question),
      review: (statement) => this.#refusals.review(statement),
      remember: (text) => this.#runner.remember(text),
      openStore: (columnCount) => createRowStore(columnCount, () => openSpool(this.#memory.spoolFolder)),
      spoolLimit: () => spoolLimit(this.#memory.spoolFolder, options.environment),
    });
    this.#exit = new Exit({
      interpreter: this.#interpreter,
      memory: this.#memory,
      readOnly: this.#readOnly,
      scenes: this.#scenes,
      scripts: this.#scripts,
      sessions: this.#sessions,
      side: this.#side,
      model: () => this.#model,
      stopClock: () => clearInterval(this.#clock),
    });
    this.#parts = {
      asker: this.#asker,
      catalog: this.#catalog,
      children: this.#children,
      interpreter: this.#interpreter,
      memory: this.#memory,
      outside: this.#outside,
      profiles: this.#profiles,
      readOnly: this.#readOnly,
      scenes: this.#scenes,
      replay: this.#replay,
      rehearsals: this.#rehearsals,
      scripts: this.#scripts,
      sessions: this.#sessions,
      terminal,
      transaction: this.#transaction,
      dispatch: (message) => this.dispatch(message),
      say: (severity, text) => this.#say(severity, text),
      run: (submission) => this.#run(submission),
      rehearse: (submission, isReported) => this.#rehearse(submission, isReported),
      answered: (id, answer) => this.#answered(id, answer),
      quit: () => this.#exit.leave({ status: 0 }),
    };
  }

  get model(): Model {
    return this.#model;
  }

  /** Resolves when the workbench is to be left. */
  get ended(): Promise<Ending> {
    return this.#exit.ended;
  }

  /** Calls the listener after changes, once for all that came at the same time. Returns the unsubscriber. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Opens what the command line asked for, and what was kept from earlier. */
  start(): void {
    const { start } = this.#options;
    this.#memory.open().then(
      (kept) => {
        this.dispatch({ type: 'history-loaded', history: kept.history });
        if (kept.buffers !== undefined) this.dispatch({ type: 'buffers-restored', buffers: kept.buffers });
        for (const text of kept.remarks) this.#say('info', text);
      },
      (error: unknown) => this.#say('warning', `history and drafts are not kept: ${(error as Error).message}`),
    );
    if (start.type === 'picker') this.dispatch({ type: 'picker-opened' });
    else void this.#sessions.connect({ type: 'start', start }, true);
  }

  /** Writes what must not be lost, at once: the way out of the process. */
  saveNow(): void {
    this.#memory.flushNow();
  }

  dispatch(message: Message): void {
    const before = this.#model;
    const { model, effects } = update(before, message);
    this.#model = model;
    if (model.buffers !== before.buffers) this.#memory.noteBuffers(model.buffers);
    if (model.buffers.list !== before.buffers.list) this.#scripts.watch();
    const seen = measureShown(this.#model, this.#memory);
    if (seen !== undefined) this.#model = update(this.#model, seen).model;
    this.#scenes.follow(this.#model);
    this.#wind();
    if (message.type === 'tick') this.#outside.tick();
    if (message.type === 'run-ended') this.#outside.follow();
    if (this.#model !== before) this.#tell();
    for (const effect of effects) performEffect(effect, this.#parts);
  }

  #tell(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      for (const listener of this.#listeners) listener();
    });
  }

  /** The clock only runs while something on the screen counts seconds. */
  #wind(): void {
    const { running, unlocking, connection, panel } = this.#model;
    const isCounting =
      running !== undefined ||
      unlocking !== undefined ||
      (connection.phase === 'open' && connection.transactionSince !== undefined) ||
      panel?.type === 'scene';
    if (isCounting && this.#clock === undefined) {
      this.#clock = setInterval(() => this.dispatch({ type: 'tick', now: Date.now() }), 500);
    } else if (!isCounting && this.#clock !== undefined) {
      clearInterval(this.#clock);
      this.#clock = undefined;
    }
  }

  async #run(submission: Submission): Promise<void> {
    const { isQuit, isOk } = await this.#runner.run(submission);
    this.#replay.ended(submission, isOk);
    this.#readOnly.settle();
    const instead = this.#guard.takeInstead();
    if (this.#model.connection.phase === 'lost') await this.#sessions.fence();
    else if (instead !== undefined) this.dispatch({ type: 'rehearse-instead', submission: instead, now: Date.now() });
    else if (isQuit) this.dispatch({ type: 'quit-asked' });
  }

  async #rehearse(submission: Submission, isReported: boolean): Promise<void> {
    await this.#rehearsals.run(submission, isReported);
    if (this.#model.connection.phase === 'lost') await this.#sessions.fence();
  }

  /** There is another session. */
  #followed(): void {
    this.#guard.forget();
    this.#catalog.forget();
    this.#refusals.forget();
    void this.#side.forget().then(async () => {
      await this.#outside.begin();
      await tellPrepared(this.#interpreter, this.#side, (text) => this.#say('warning', text));
    });
    this.#readOnly.followed();
  }

  /** Questions that the workbench itself asked. */
  async #answered(id: string, answer: string | undefined): Promise<void> {
    if (id === 'quit') {
      if (answer === 'rollback' || (answer === 'commit' && (await this.#runner.commit()))) await this.#exit.leave({ status: 0 });
      else if (this.#model.connection.phase === 'lost') await this.#sessions.fence();
      return;
    }
    const profile = /^delete:(.*)$/s.exec(id)?.[1];
    if (profile === undefined || answer !== 'delete') return;
    const complaint = await this.#profiles.remove(profile);
    this.dispatch({ type: 'picker-notice', text: complaint ?? `Deleted ${profile}.` });
    await detectEntries(this.#profiles, (entries) => this.dispatch({ type: 'entries-found', entries }));
  }

  #say(severity: 'error' | 'warning' | 'notice' | 'info', text: string): void {
    if (text.trim() !== '') this.dispatch({ type: 'said', severity, text, now: Date.now() });
  }
}
