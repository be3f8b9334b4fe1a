import type { ConnectRequest } from '../commands/control-context.ts';
import type { Interpreter } from '../engine/interpreter.ts';
import type { OutputEvent } from '../engine/output-event.ts';
import type { ConnectOutcome, Session } from '../server/session.ts';
import { untrusted } from '../text/untrusted.ts';
import { factsOf } from './connection.ts';
import {
  type ConnectorHost,
  connectByCommand,
  conninfoDestination,
  type Destination,
  serverDestination,
  sessionFacts,
} from './connector.ts';
import type { Ending } from './ending.ts';
import { Fence, type FenceHost } from './fence.ts';
import type { WorkbenchStart } from './launch.ts';
import { askToLeave, endTransaction } from './leave-transaction.ts';
import type { Severity } from './log.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import type { PickerStart } from './picker.ts';
import { pipelineRefusal } from './pipeline.ts';
import type { ProfileKeeper } from './profile-keeper.ts';
import { ProfileSavepoints } from './profile-savepoints.ts';
import type { PendingQuestion } from './question.ts';

export interface SessionHost {
  readonly programName: string;
  readonly passwords: ConnectorHost['passwords'];
  /** Whatever is connected to. */
  readonly isReadOnly: boolean;
  model(): Model;
  dispatch(message: Message): void;
  say(severity: Severity, text: string): void;
  askPassword(prompt: string): Promise<string | undefined>;
  ask(question: PendingQuestion): Promise<string | undefined>;
  /** What became of a COMMIT that was on its way when the session was lost. */
  readonly outcome: FenceHost['outcome'];
  /** What must be ready before rows arrive. */
  prepare(): Promise<unknown>;
  /** The first session is open, before anything typed runs on it: startup files. */
  startUp(): Promise<void>;
  /** There is another session. */
  followed(): void;
  leave(ending: Ending): Promise<void>;
}

/** The one practice database there is. */
const practiceName = 'vendorpay';

/** Opens sessions, follows the one in use, and fences it when it dies. */
export class SessionKeeper {
  readonly #interpreter: Interpreter;
  readonly #profiles: ProfileKeeper;
  readonly #host: SessionHost;
  readonly #connector: ConnectorHost;
  #connecting: AbortController | undefined;
  #destination: Destination | undefined;
  #isAdopting = false;
  readonly #fence: Fence;
  /** The last one, which may be lost by now. */
  #followed: Session | undefined;
  #hasStarted = false;
  #isOver = false;
  #forgetIdle: (() => void) | undefined;

  readonly #savepoints: ProfileSavepoints;

  constructor(interpreter: Interpreter, profiles: ProfileKeeper, host: SessionHost) {
    this.#savepoints = new ProfileSavepoints(interpreter);
    this.#interpreter = interpreter;
    this.#profiles = profiles;
    this.#host = host;
    this.#fence = new Fence({ ...host, record: () => interpreter.transaction });
    this.#connector = {
      programName: host.programName,
      passwords: host.passwords,
      askPassword: (prompt) => host.askPassword(prompt),
      warn: (line) => host.say('warning', line),
      remembered: new Map(),
    };
  }

  /** `isFirst`: asked for on the command line, where a failure ends the program as it ends psql. */
  async connect(to: PickerStart, isFirst: boolean): Promise<void> {
    const { status } = this.#interpreter.session ?? {};
    if (this.#host.model().running !== undefined) return this.#notice('A statement is running: Esc goes back, Ctrl-C cancels it there.');
    if (this.#interpreter.pipeline !== undefined) return this.#notice(`${pipelineRefusal} (Esc goes back.)`);
    const leaving = await askToLeave(this.#interpreter, this.#host.ask);
    if (leaving === 'stay') return this.#notice('Stayed: the transaction is still open (Esc goes back).');
    const destination = await this.#destinationOf(to);
    if (typeof destination === 'string') return await this.#notConnected(destination, isFirst);
    await this.#host.prepare();
    this.#connecting = new AbortController();
    // A session that is open stays what the status line tells until there is another.
    if (status === undefined) this.#host.dispatch({ type: 'connecting', to: destination.label });
    const outcome = await destination.open(this.#connecting.signal);
    this.#connecting = undefined;
    if (this.#isOver) return outcome.ok ? await outcome.session.close() : undefined;
    if (outcome.ok) {
      const obstacle = await endTransaction(this.#interpreter, leaving);
      if (obstacle === undefined) return await this.#adopt(outcome.session, destination);
      await outcome.session.close();
      this.#notice(`${obstacle} Esc goes back.`);
    } else await this.#notConnected(outcome.advice === undefined ? outcome.text : `${outcome.text}\n${outcome.advice}`, isFirst);
  }

  /** \c of the interpreter: an open transaction is ended as its user says, when there is a session to go to. */
  async connectByCommand(request: ConnectRequest): Promise<ConnectOutcome> {
    const leaving = await askToLeave(this.#interpreter, this.#host.ask);
    // The embedded engine has one session at a time: the one there is goes first.
    const goesFirst = leaving === 'stay' || this.#interpreter.session?.info.security === 'embedded';
    const obstacle = goesFirst ? await endTransaction(this.#interpreter, leaving) : undefined;
    if (obstacle !== undefined) return declined(obstacle);
    const outcome = await connectByCommand(this.#connector, request);
    if (!outcome.ok || goesFirst) return outcome;
    const late = await endTransaction(this.#interpreter, leaving);
    if (late === undefined) return outcome;
    await outcome.session.close();
    return declined(late);
  }

  /** The interpreter has another session, by \c. On the same host it is still the same environment. */
  changed(event: OutputEvent & { readonly type: 'session' }): void {
    if (this.#isAdopting) return;
    const { session } = event;
    // Whatever asked the session when it was lost: what the person sent may never have reached it.
    if (session === undefined) {
      this.#lost(event.reason);
      return;
    }
    const before = factsOf(this.#host.model().connection);
    const isSameHost = before?.host === session.info.host;
    this.#follow(session, {
      label: session.info.database,
      profile: isSameHost ? before?.profile : undefined,
      environment: isSameHost ? before?.environment : undefined,
      isReadOnly: this.#interpreter.isReadOnly,
      savepoints: isSameHost ? this.#destination?.savepoints : undefined,
      open: () => connectByCommand(this.#connector, { reusePrevious: true, previous: session }),
    });
  }

  /** A second session like the one in use. */
  openSide(): Promise<ConnectOutcome> | undefined {
    // The embedded engine has one session; a second would be a second engine.
    if (this.#followed?.info.security === 'embedded') return undefined;
    return this.#destination?.open(AbortSignal.timeout(10_000), this.#followed);
  }

  abort(): void {
    this.#connecting?.abort();
  }

  /** The workbench is left: a session that is still on its way is closed when it comes. */
  end(): void {
    this.#isOver = true;
    this.#connecting?.abort();
    this.#forgetIdle?.();
  }

  /** The session died: nothing runs before that was seen. */
  async fence(isWanted = false): Promise<void> {
    if (!(await this.#fence.ask(isWanted)) || this.#destination === undefined) return;
    const outcome = await this.#destination.open(new AbortController().signal);
    if (outcome.ok) await this.#adopt(outcome.session, this.#destination);
    else this.#host.say('error', outcome.text);
  }

  async test(to: PickerStart): Promise<void> {
    const destination = await this.#destinationOf(to);
    if (typeof destination === 'string') return this.#notice(destination);
    const outcome = await destination.open(new AbortController().signal);
    if (!outcome.ok) return this.#notice(outcome.text);
    const { version } = sessionFacts(outcome.session, destination);
    await outcome.session.close();
    this.#notice(`It works: PostgreSQL ${version} answers.`);
  }

  async #destinationOf(to: PickerStart): Promise<Destination | string> {
    if (to.type === 'start') return await this.#startDestination(to.start);
    const profile = to.profile === undefined ? undefined : await this.#profiles.get(to.profile);
    return conninfoDestination(this.#connector, to.conninfo, profile);
  }

  async #startDestination(start: WorkbenchStart): Promise<Destination | string> {
    switch (start.type) {
      case 'picker':
        return 'Nothing is chosen.';
      case 'target': {
        const profile = start.profile === undefined ? undefined : await this.#profiles.get(start.profile);
        return serverDestination(this.#connector, start.target, profile);
      }
      case 'practice': {
        const { embeddedDestination } = await import('./embedded-destination.ts');
        return embeddedDestination(practiceName, {
          programName: this.#host.programName,
          ask: (question) => this.#host.ask(question),
          say: (text) => this.#host.say('info', text),
        });
      }
    }
  }

  async #adopt(session: Session, destination: Destination): Promise<void> {
    this.#isAdopting = true;
    await this.#interpreter.adopt(session, destination.isReadOnly || this.#host.isReadOnly);
    if (!this.#hasStarted) await this.#host.startUp();
    this.#hasStarted = true;
    this.#isAdopting = false;
    this.#follow(this.#interpreter.session ?? session, destination);
  }

  async #notConnected(reason: string, isFirst: boolean): Promise<void> {
    if (isFirst) await this.#host.leave({ status: 2, text: `${this.#host.programName}: error: ${reason}` });
    else if (this.#interpreter.session?.status === undefined) this.#host.dispatch({ type: 'not-connected', reason });
    else this.#notice(reason);
  }

  #follow(session: Session, destination: Destination): void {
    this.#forgetIdle?.();
    if (destination.profile !== this.#destination?.profile) this.#savepoints.take(destination.savepoints);
    this.#destination = destination;
    this.#fence.reset();
    this.#followed = session;
    this.#host.followed();
    const facts = sessionFacts(session, { ...destination, isReadOnly: this.#interpreter.isReadOnly });
    this.#host.dispatch({ type: 'connected', facts, status: session.status ?? 'idle', now: Date.now() });
    this.#forgetIdle = session.onIdleEvent((event) => {
      if (event.type === 'lost') {
        this.#lost(event.reason);
        void this.fence();
      } else if (event.type === 'notice') {
        this.#host.say('notice', `${event.notice.severity}:  ${event.notice.message}`);
      } else if (event.type === 'notification') {
        const { channel, payload, processId } = event;
        this.#host.say(
          'notice',
          `Asynchronous notification "${channel}" with payload "${payload}" received from server process with PID ${processId}.`,
        );
      }
    });
  }

  #lost(reason: string): void {
    this.#host.dispatch({ type: 'lost', reason, record: this.#interpreter.transaction, now: Date.now() });
  }

  #notice(text: string): void {
    this.#host.dispatch({ type: 'picker-notice', text });
  }
}

function declined(text: string): ConnectOutcome {
  return { ok: false, kind: 'declined', text: untrusted(text) };
}
