import { fstatSync } from 'node:fs';
import { basename } from 'node:path';
import { isatty } from 'node:tty';
import type { Arguments } from './batch/arguments.ts';
import { parseArguments } from './batch/arguments.ts';
import { BatchFace, writeError } from './batch/batch-face.ts';
import { exitStatus } from './batch/exit-status.ts';
import { printFromArguments } from './batch/print-arguments.ts';
import { requestedTarget } from './batch/requested-target.ts';
import type { ConnectRequest } from './commands/control-context.ts';
import type { PrintOptions } from './print/print-options.ts';
import { openSession } from './server/open-session.ts';
import { resolveFromProcess } from './server/resolve-process.ts';
import type { ConnectOutcome } from './server/session.ts';
import type { ConnectionTarget } from './server/target.ts';
import { visibleForTerminal } from './text/visible.ts';
import type { WorkbenchStart } from './workbench/launch.ts';

// Any of these says where to connect: then there is nothing to pick.
const connectionVariables = ['PGHOST', 'PGHOSTADDR', 'PGPORT', 'PGDATABASE', 'PGUSER', 'PGSERVICE'];
const practiceDatabase = 'vendorpay';

/** Runs the program; resolves with its exit status. `calledName` is what messages begin with. */
export async function main(words: readonly string[], calledName = 'howdah'): Promise<number> {
  hidePasswords(words);
  const programName = basename(calledName).replace(/\.js$/, '');
  let status: number;
  try {
    status = await dispatch(words, programName);
  } catch (error) {
    status = exitStatus.failure;
    const text = error instanceof Error ? error.message : String(error);
    writeError(`${programName}: error: ${text}\n`);
    if (process.env.HOWDAH_DEBUG !== undefined && error instanceof Error) writeError(`${error.stack}\n`);
    // A connection that is still open would keep the process alive for ever.
    process.exit(status);
  }
  process.exitCode = status;
  return status;
}

/** A password on the command line is not for everybody who lists processes: a title takes the place of the arguments. */
function hidePasswords(words: readonly string[]): void {
  if (words.some((word) => /:\/\/[^/?#]*:[^@]*@|password\s*=/i.test(word))) process.title = 'howdah';
}

async function dispatch(words: readonly string[], programName: string): Promise<number> {
  if (words[0] === 'profiles') return await runProfiles(words.slice(1), programName);
  const isPractice = words[0] === 'practice';
  if (isPractice && words[1] === 'reset') return await resetPracticeDatabase(programName);
  const parsed = parseArguments(isPractice ? words.slice(1) : words);
  switch (parsed.type) {
    case 'version':
      return print(`${programName} (PostgreSQL) 15.18, howdah 0.1.0\n`);
    case 'help':
      return print(await helpText(parsed.topic, programName));
    case 'error':
      if (parsed.text !== undefined) writeError(`${programName}: ${parsed.text}\n`);
      writeError(`${programName}: hint: Try "${programName} --help" for more information.\n`);
      return exitStatus.failure;
    case 'run':
      return await runArguments(parsed.arguments, isPractice, programName);
  }
}

function print(text: string): number {
  const { standardOutput } = new BatchFace(undefined);
  void standardOutput.write(Buffer.from(text));
  void standardOutput.flush();
  return standardOutput.failure === undefined ? exitStatus.success : exitStatus.failure;
}

async function helpText(topic: 'options' | 'commands' | 'variables', programName: string): Promise<string> {
  if (topic === 'variables') return (await import('./commands/variables-help.ts')).variablesHelp;
  if (topic === 'options') {
    const { currentDefaults, optionsHelp } = await import('./commands/options-help.ts');
    return optionsHelp(currentDefaults(programName, process.env));
  }
  const [{ commandHelp }, { metaCommands }] = await Promise.all([import('./commands/help.ts'), import('./commands/registry.ts')]);
  const off = { expanded: 'off', html: 'off', timing: 'off', tuplesOnly: 'off' };
  return commandHelp(metaCommands, { ...off, connection: 'no connection' });
}

async function runArguments(given: Arguments, isPractice: boolean, programName: string): Promise<number> {
  const printing = printFromArguments(given.pset);
  if (!printing.ok) {
    for (const text of printing.texts) writeError(`${programName}: error: ${text}\n`);
    return exitStatus.failure;
  }
  for (const warning of given.warnings) writeError(`${programName}: warning: ${warning}\n`);
  const isOnTerminal = isatty(0) && isatty(1);
  if (given.singleTransaction && given.actions.length === 0 && isOnTerminal) {
    writeError(`${programName}: error: -1 can only be used in non-interactive mode\n`);
    return exitStatus.failure;
  }
  const isBatch = given.actions.length > 0 || given.listsDatabases || !isOnTerminal;
  if (isPractice && isBatch && given.actions.length === 0 && !given.listsDatabases && !(await hasInput()))
    return explainPractice(programName);
  const isLineMode = !isBatch && wantsLineMode(given);
  const target = isPractice || wantsPicker(given, isBatch || isLineMode) ? undefined : await findTarget(given, programName);
  if (typeof target === 'string') {
    writeError(`${programName}: error: ${target}\n`);
    return exitStatus.badConnection;
  }
  if (isBatch || isLineMode) return await startBatch(given, target, printing.print, programName, isLineMode);
  const start: WorkbenchStart = isPractice
    ? { type: 'practice' }
    : target === undefined
      ? { type: 'picker' }
      : { type: 'target', target, ...(given.profile === undefined ? {} : { profile: given.profile }) };
  const { startWorkbench } = await import('./ui/start-workbench.ts');
  const status = await startWorkbench({
    programName,
    start,
    askPassword: given.askPassword,
    variables: Object.fromEntries(given.variables.map(([name, value]) => [name, value ?? ''])),
    print: printing.print,
    isReadOnly: given.isReadOnly,
    readsStartupFiles: !given.noStartupFiles,
    environment: process.env,
  });
  return status;
}

/** psql's prompt: asked for, or the terminal cannot show a full screen. */
function wantsLineMode(given: Arguments): boolean {
  const { TERM } = process.env;
  const isDumb = TERM === 'dumb' || (process.platform !== 'win32' && (TERM === undefined || TERM === ''));
  return given.noWorkbench || given.noReadline || isDumb;
}

/** A terminal and nothing that says where to connect. */
function wantsPicker(given: Arguments, needsTarget: boolean): boolean {
  const isNamed = [given.database, given.host, given.port, given.user, given.profile].some((value) => value !== undefined);
  return !needsTarget && !isNamed && !connectionVariables.some((name) => process.env[name]);
}

/** Whether standard input has something to run: it is no terminal, no /dev/null and no pipe that ends at once. */
async function hasInput(): Promise<boolean> {
  if (isatty(0)) return false;
  try {
    const stat = fstatSync(0);
    const { standardInput } = await import('./engine/descriptor-source.ts');
    return (stat.isFIFO() || stat.isSocket() || stat.isFile()) && standardInput.hasMore();
  } catch {
    return false;
  }
}

function explainPractice(programName: string): number {
  writeError(
    `${programName}: the workbench wants a terminal; without one, run a statement with ${programName} practice -c 'select 1' or give a script on standard input.\n`,
  );
  return exitStatus.success;
}

/** Where the arguments lead; a text: why nowhere. */
async function findTarget(given: Arguments, programName: string): Promise<ConnectionTarget | string> {
  if (given.profile !== undefined) return await profileTarget(given.profile, programName);
  const { host, port, user, database } = given;
  const resolved = resolveFromProcess(
    {
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port }),
      ...(user === undefined ? {} : { user }),
      ...(database === undefined ? {} : { database }),
    },
    programName,
  );
  return resolved.ok ? resolved.target : resolved.text;
}

async function startBatch(
  given: Arguments,
  target: ConnectionTarget | undefined,
  printing: PrintOptions,
  programName: string,
  isLineMode: boolean,
): Promise<number> {
  const face = new BatchFace(process.env.COLUMNS, isatty(0) && isatty(1) ? await pagedOutput() : undefined);
  let target_ = target;
  if (target !== undefined && given.askPassword === 'always') {
    // As psql, which does not know yet who will be asked for.
    const password = await face.ask({ type: 'secret', prompt: 'Password: ' });
    target_ = { ...target, ...(password === undefined ? {} : { password }) };
  }
  // Where the session is, with the password that was typed for it.
  let reached: ConnectionTarget | undefined;
  const connect = async (to: ConnectionTarget): Promise<ConnectOutcome> => {
    let password: string | undefined;
    const askPassword = async (prompt: string): Promise<string | undefined> => {
      password = await face.ask({ type: 'secret', prompt });
      return password;
    };
    const made = await openSession(to, {
      programName,
      warn: (line) => writeError(`${line}\n`),
      ...(given.askPassword === 'never' ? {} : { askPassword }),
    });
    if (made.ok) reached = { ...to, ...(password === undefined ? {} : { password }) };
    return made;
  };
  // The engine loads while the server is being connected to.
  const engine = import('./batch/run-batch.ts');
  const outcome = target_ === undefined ? await openPracticeSession(programName) : await connect(target_);
  if (!outcome.ok) {
    writeError(`${programName}: error: ${outcome.text}\n`);
    return exitStatus.badConnection;
  }
  const run = {
    arguments: given,
    programName,
    session: outcome.session,
    print: printing,
    isReadOnly: given.isReadOnly || (await hasReadOnlyProfile(given)),
    connect: async (request: ConnectRequest): Promise<ConnectOutcome> => {
      if (request.previous?.info.security === 'embedded') {
        const { reconnectPractice, staysInPractice } = await import('./practice/reconnect-practice.ts');
        if (staysInPractice(request)) return await reconnectPractice(request.previous, request, programName);
      }
      const again = requestedTarget(request, reached, programName);
      return 'ok' in again ? again : await connect(again);
    },
  };
  if (!isLineMode) {
    const { runBatch } = await engine;
    return await runBatch({ ...run, face });
  }
  const { runLineMode } = await import('./batch/line-mode.ts');
  const connectBeside = async () => (reached === undefined ? undefined : await openSession(reached, { programName }));
  return await runLineMode({ ...run, connectBeside });
}

/** Standard output of a person who may page. */
async function pagedOutput() {
  const { TerminalSink } = await import('./batch/line-mode/terminal-sink.ts');
  return new TerminalSink(() => ({ rows: process.stdout.rows || 24, columns: process.stdout.columns ?? 0 }));
}

async function openPracticeSession(programName: string): Promise<ConnectOutcome> {
  const { openPractice } = await import('./practice/open-practice.ts');
  const outcome = await openPractice({ name: practiceDatabase, programName });
  if (outcome.ok) for (const notice of outcome.notices) writeError(`${programName}: ${notice}\n`);
  return outcome;
}

async function resetPracticeDatabase(programName: string): Promise<number> {
  const { resetPractice } = await import('./practice/reset-practice.ts');
  const outcome = await resetPractice(practiceDatabase);
  if (outcome.ok) return print(`${outcome.text}\n`);
  writeError(`${programName}: error: ${outcome.text}\n`);
  return exitStatus.failure;
}

async function openProfiles() {
  const [{ openProfileStore }, { appPaths }] = await Promise.all([import('./profiles/profile-store.ts'), import('./system/paths.ts')]);
  return openProfileStore((await appPaths()).config);
}

/** The target a profile's parameters make. */
async function targetOf(connection: Readonly<Record<string, string>>, programName: string) {
  const { formatConninfo } = await import('./server/conninfo.ts');
  return resolveFromProcess({ database: formatConninfo(new Map(Object.entries(connection))) }, programName);
}

async function profileTarget(name: string, programName: string): Promise<ConnectionTarget | string> {
  const profile = await (await openProfiles()).get(name);
  if (profile === undefined) return `there is no profile "${name}": "${programName} profiles list" shows those there are`;
  const resolved = await targetOf(profile.connection, programName);
  return resolved.ok ? resolved.target : resolved.text;
}

async function hasReadOnlyProfile({ profile }: Arguments): Promise<boolean> {
  return profile !== undefined && (await (await openProfiles()).get(profile))?.isReadOnly === true;
}

async function runProfiles(words: readonly string[], programName: string): Promise<number> {
  const { runProfilesCommand } = await import('./batch/profiles-command.ts');
  const face = new BatchFace(undefined);
  const status = await runProfilesCommand(words, {
    store: await openProfiles(),
    programName,
    stdout: (text) => void face.standardOutput.write(Buffer.from(text)),
    stderr: writeError,
    ...(isatty(1) ? { visible: visibleForTerminal } : {}),
    connect: async (profile) => {
      const resolved = await targetOf(profile.connection, programName);
      if (!resolved.ok) return { ok: false, text: resolved.text };
      const outcome = await openSession(resolved.target, {
        programName,
        askPassword: (prompt) => face.ask({ type: 'secret', prompt }),
      });
      if (!outcome.ok) return { ok: false, text: outcome.text, ...(outcome.advice === undefined ? {} : { advice: outcome.advice }) };
      const { info, parameters } = outcome.session;
      await outcome.session.close();
      return { ok: true, summary: `${info.user}@${info.host}/${info.database}, PostgreSQL ${parameters.get('server_version') ?? ''}` };
    },
  });
  void face.standardOutput.flush();
  return status;
}
