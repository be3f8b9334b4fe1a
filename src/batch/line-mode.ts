import type { ConnectRequest } from '../commands/control-context.ts';
import { Interpreter } from '../engine/interpreter.ts';
import { readStartupFiles } from '../engine/startup-files.ts';
import type { PrintOptions } from '../print/print-options.ts';
import type { ConnectOutcome, Session } from '../server/session.ts';
import type { Arguments } from './arguments.ts';
import { writeError } from './batch-face.ts';
import { assist } from './line-mode/assistance.ts';
import { banner } from './line-mode/banner.ts';
import { CompletionSource } from './line-mode/completion-source.ts';
import { EditingReader } from './line-mode/editing-reader.ts';
import { LineFace } from './line-mode/line-face.ts';
import { LineHistory } from './line-mode/line-history.ts';
import type { LineReader } from './line-mode/line-reader.ts';
import { PlainReader } from './line-mode/plain-reader.ts';
import { PromptWriter } from './line-mode/prompt-writer.ts';

export interface LineModeRun {
  readonly arguments: Arguments;
  readonly programName: string;
  readonly session: Session;
  readonly print: PrintOptions;
  /** For \c. */
  readonly connect: (request: ConnectRequest) => Promise<ConnectOutcome>;
  readonly isReadOnly: boolean;
  /** A second session at the same server, for completion; it asks nothing. */
  readonly connectBeside: () => Promise<ConnectOutcome | undefined>;
}

/** psql at a prompt: reads lines a person types and runs them, until \q or the end of input. Resolves with the exit status. */
export async function runLineMode(run: LineModeRun): Promise<number> {
  const mode = new LineMode(run);
  const interrupt = (): void => mode.interrupt();
  process.on('SIGINT', interrupt);
  try {
    return (await mode.start()) ? await mode.loop() : 1;
  } finally {
    process.off('SIGINT', interrupt);
    await mode.close();
  }
}

class LineMode {
  readonly #run: LineModeRun;
  readonly #interpreter: Interpreter;
  readonly #face: LineFace;
  readonly #prompts: PromptWriter;
  readonly #completion: CompletionSource;
  readonly #reader: LineReader;
  #history: LineHistory | undefined;
  /** Lines of the statement being typed, for the history. */
  #typed: string[] = [];
  #isRunning = false;
  #cancelling: Promise<void> | undefined;
  #hasLostSession = false;
  /** What \c takes its missing values from once the session is gone. */
  #lastSession: Session;
  #endCount = 0;

  constructor(run: LineModeRun) {
    this.#run = run;
    this.#lastSession = run.session;
    this.#face = new LineFace({
      reader: () => this.#reader,
      copyPrompt: () => this.#prompts.copy(),
      isQuiet: () => this.#isQuiet,
      past: () => this.#history?.entries() ?? [],
      sessionChanged: ({ session }) => {
        this.#completion.forget();
        if (session !== undefined) this.#lastSession = session;
        this.#hasLostSession = session === undefined;
      },
    });
    this.#interpreter = new Interpreter({
      face: this.#face,
      programName: run.programName,
      session: run.session,
      connect: (request) => run.connect(request.previous === undefined ? { ...request, previous: this.#lastSession } : request),
      isReadOnly: run.isReadOnly,
      variables: run.arguments.variables,
      print: run.print,
    });
    this.#prompts = new PromptWriter(this.#interpreter);
    this.#completion = new CompletionSource(this.#interpreter, run.connectBeside);
    this.#reader = this.#makeReader();
  }

  get #isQuiet(): boolean {
    return this.#interpreter.variables.get('QUIET') === 'on';
  }

  /** Options, startup files, greeting. False: an option is bad, and that was said. */
  async start(): Promise<boolean> {
    const interpreter = this.#interpreter;
    const { logFile, output, noStartupFiles } = this.#run.arguments;
    if (interpreter.hasBadOption) return false;
    if (logFile !== undefined && !(await interpreter.logTo(logFile))) return false;
    if (output !== undefined && !(await interpreter.redirect(output))) return false;
    if (!noStartupFiles) await readStartupFiles(interpreter);
    if (!this.#isQuiet) this.#say(banner(this.#run.programName, this.#run.session));
    this.#history = await LineHistory.open(interpreter.variables, process.env);
    return true;
  }

  async loop(): Promise<number> {
    for (;;) {
      const typed = await this.#reader.read(this.#prompts.next());
      if (typed.type === 'interrupt') this.#escape();
      else if (typed.type === 'end') {
        if (!this.#endsAtEnd()) continue;
        this.#say(this.#isQuiet ? '\n' : '\\q\n');
        return 0;
      } else if (await this.#line(typed.text)) return this.#interpreter.exit ?? 0;
    }
  }

  /** Ctrl-C while something runs. */
  interrupt(): void {
    if (!this.#isRunning) return;
    // The terminal has shown ^C; a cancelled statement ends that line by what it says.
    if (this.#interpreter.session?.isBusy !== true) this.#say('\n');
    this.#cancelling = this.#interpreter.cancel();
  }

  async close(): Promise<void> {
    this.#reader.close();
    this.#remember();
    await this.#completion.close();
    await this.#interpreter.close();
    await this.#history?.flush();
  }

  /** True: the program is to end. */
  async #line(line: string): Promise<boolean> {
    this.#endCount = 0;
    const interpreter = this.#interpreter;
    const { status } = interpreter.prompting;
    if (line === '' && interpreter.queryBuffer === '') return false;
    const assistance = assist(line, interpreter.queryBuffer === '', status);
    if (assistance.type === 'quit') return true;
    if (assistance.type !== 'none') this.#say(assistance.text);
    if (assistance.type === 'answer') return false;
    // Commands stand in the history by themselves.
    if (line.startsWith('\\')) this.#remember();
    this.#typed.push(line);
    const wasInTransaction = interpreter.session?.status === 'transaction' || interpreter.session?.status === 'failed';
    await this.#completion.settled();
    this.#isRunning = true;
    const result = await interpreter.runText(`${line}\n`);
    // What it says belongs before the next prompt.
    await this.#cancelling;
    this.#isRunning = false;
    this.#completion.noteRun(this.#typed.join('\n'));
    if (interpreter.queryBuffer === '' || line.startsWith('\\')) this.#remember();
    if (this.#hasLostSession) this.#tellLoss(wasInTransaction);
    if (interpreter.takeRedisplay()) this.#say(`${this.#prompts.first()}${interpreter.queryBuffer}`);
    return result.quit;
  }

  #escape(): void {
    this.#remember();
    this.#interpreter.escape();
  }

  #remember(): void {
    this.#history?.add(this.#typed.join('\n'));
    this.#typed = [];
  }

  /** bash's IGNOREEOF, as psql has it. */
  #endsAtEnd(): boolean {
    this.#endCount++;
    if (this.#endCount >= Number.parseInt(this.#interpreter.variables.get('IGNOREEOF') ?? '0', 10)) return true;
    if (!this.#isQuiet) this.#say(`\nUse "\\q" to leave ${this.#run.programName}.\n`);
    return false;
  }

  /** Where psql would begin a new session by itself, a person decides. */
  #tellLoss(wasInTransaction: boolean): void {
    this.#hasLostSession = false;
    const what = wasInTransaction ? 'The open transaction is over: what it had not committed is gone. ' : '';
    writeError(`${what}Temporary tables, settings and prepared statements went with the session. \\c connects again.\n`);
  }

  #say(text: string): void {
    void this.#face.standardOutput.write(Buffer.from(text));
    void this.#face.standardOutput.flush();
  }

  #makeReader(): LineReader {
    if (this.#run.arguments.noReadline || process.env.TERM === 'dumb') return new PlainReader(0, (text) => this.#say(text));
    return new EditingReader({
      input: process.stdin,
      output: process.stdout,
      past: () => this.#history?.entries() ?? [],
      complete: (line) => this.#completion.complete(line),
    });
  }
}
