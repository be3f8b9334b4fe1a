import { closeSync, fstatSync, openSync } from 'node:fs';
import type { CopyStream } from '../commands/control-context.ts';
import type { Session } from '../server/session.ts';
import { decodeLossless, encodeLossless } from '../text/lossless.ts';
import { DescriptorSource, standardInput } from './descriptor-source.ts';
import type { EngineState } from './engine-state.ts';
import type { GOutput } from './g-output.ts';
import type { InputSource } from './input-source.ts';
import { openCommand } from './open-target.ts';
import { type OutputSink, openFileSink } from './output-sink.ts';
import { systemErrorText } from './system-error.ts';

// What is collected before it is sent, as libpq's buffer would.
const blockSize = 64 * 1024;

/** Sends COPY's data from where they come. False: reading failed; the server was told. */
export async function feedCopy(state: EngineState, session: Session, stream: CopyStream): Promise<boolean> {
  switch (stream.type) {
    case 'inline': {
      const top = state.sources.at(-1);
      if (top === undefined) return feedStandard(state, session);
      const count = () => top.line++;
      if (!state.face.isInteractive) return feedLines(session, top.source, count);
      // In the workbench the lines after the statement serve; where there are none a person is asked.
      const first = await nextLine(top.source);
      return first === undefined ? feedAnswer(state, session) : feedLines(session, top.source, count, first);
    }
    case 'standard':
      return feedStandard(state, session);
    case 'file':
      return feedFile(session, stream.path);
    case 'program':
      return feedProgram(session, stream.command, state);
  }
}

/** Standard input, also for what -c gives; in the workbench that is a person who types. */
async function feedStandard(state: EngineState, session: Session): Promise<boolean> {
  return state.face.isInteractive ? feedAnswer(state, session) : feedLines(session, standardInput, () => 0);
}

/** A person types them. */
async function feedAnswer(state: EngineState, session: Session): Promise<boolean> {
  const text = await state.face.ask({ type: 'copy-data' });
  if (text === undefined) {
    session.copyFail('canceled by user');
    return false;
  }
  if (text !== '') await session.copyData(encodeLossless(text.endsWith('\n') ? text : `${text}\n`));
  session.copyDone();
  return true;
}

/** Lines of a source up to one that is `\.` alone, or its end. */
async function feedLines(session: Session, source: InputSource, count: () => void, first?: Buffer): Promise<boolean> {
  let parts: Buffer[] = [];
  let size = 0;
  for (let line = first ?? (await nextLine(source)); line !== undefined; line = await nextLine(source)) {
    count();
    if (isEndMark(line)) break;
    parts.push(line);
    size += line.length;
    if (size > blockSize) {
      await hearServer();
      await session.copyData(Buffer.concat(parts));
      parts = [];
      size = 0;
    }
  }
  await hearServer();
  if (size > 0) await session.copyData(Buffer.concat(parts));
  session.copyDone();
  return true;
}

/** Reading a pipe blocks: what the server said meanwhile, such as why it ended, is read before anything is written. */
async function hearServer(): Promise<void> {
  // The first ends this turn of the event loop; between it and the second, sockets are polled.
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
}

async function nextLine(source: InputSource): Promise<Buffer | undefined> {
  if (source.readRawLine !== undefined) return source.readRawLine();
  const line = await source.readLine();
  return line === undefined ? undefined : encodeLossless(`${line}\n`);
}

/** `\.` and a line end: the end of data, also in files (psql 15). */
function isEndMark(line: Buffer): boolean {
  if (line[0] !== 0x5c || line[1] !== 0x2e) return false;
  const rest = line.subarray(2).toString('latin1');
  return rest === '\n' || rest === '\r\n';
}

async function feedFile(session: Session, path: string): Promise<boolean> {
  const source = new DescriptorSource(openSync(path, 'r'), path, true);
  try {
    return await feedLines(session, source, () => 0);
  } catch (error) {
    session.copyFail(`Trouble while reading: ${systemErrorText(error)}`);
    return false;
  } finally {
    source.close();
  }
}

async function feedProgram(session: Session, command: string, state: EngineState): Promise<boolean> {
  // The workbench's keyboard and screen are its own.
  const stdio = state.face.isInteractive ? (['ignore', 'pipe', 'pipe'] as const) : (['inherit', 'pipe', 'inherit'] as const);
  const { spawn } = await import('node:child_process');
  const child = spawn('/bin/sh', ['-c', command], { stdio: [...stdio], env: { ...state.environment } });
  child.stderr?.on('data', (chunk: Buffer) => state.sayToError(decodeLossless(chunk)));
  const status = new Promise<number>((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
  for await (const chunk of child.stdout ?? []) await session.copyData(chunk as Buffer);
  session.copyDone();
  return reportProgram(state, command, await status);
}

function reportProgram(state: EngineState, command: string, status: number): boolean {
  if (status === 0) return true;
  state.complain(`${command}: ${status === 127 ? 'command not found' : `child process exited with exit code ${status}`}`);
  return false;
}

/** Why a file cannot serve \copy, in psql's words; undefined: it can. */
export function checkCopyFile(path: string, isFrom: boolean): string | undefined {
  try {
    const descriptor = openSync(path, isFrom ? 'r' : 'w', 0o666);
    const isFolder = fstatSync(descriptor).isDirectory();
    closeSync(descriptor);
    return isFolder ? `${path}: cannot copy from/to a directory` : undefined;
  } catch (error) {
    // A folder cannot even be opened for writing; psql words that as the system does.
    return `${path}: ${systemErrorText(error)}`;
  }
}

/** Where COPY TO STDOUT's data go. */
export class CopyTarget {
  readonly sink: OutputSink;
  /** The data went where the command tag would: then that is not printed. */
  readonly isQueryOutput: boolean;
  readonly #owns: boolean;
  readonly #command: string | undefined;

  private constructor(sink: OutputSink, isQueryOutput: boolean, owns: boolean, command: string | undefined) {
    this.sink = sink;
    this.isQueryOutput = isQueryOutput;
    this.#owns = owns;
    this.#command = command;
  }

  static async open(state: EngineState, gOutput: GOutput, stream: CopyStream | undefined): Promise<CopyTarget | undefined> {
    switch (stream?.type) {
      case 'file': {
        const sink = openFileSink(stream.path);
        if (typeof sink !== 'string') return new CopyTarget(sink, false, true, undefined);
        state.complain(`${stream.path}: ${sink}`);
        return undefined;
      }
      case 'program':
        await state.queryOutput?.flush();
        return new CopyTarget(await openCommand(stream.command, state), false, true, stream.command);
      case 'standard': {
        const sink = state.face.standardOutput;
        return sink === undefined ? undefined : new CopyTarget(sink, sink === state.queryOutput, false, undefined);
      }
      default: {
        const sink = await gOutput.open();
        return sink === undefined ? undefined : new CopyTarget(sink, !gOutput.isRedirected, false, undefined);
      }
    }
  }

  /** All data are written. False: they did not arrive whole, and that was said. */
  async finish(state: EngineState): Promise<boolean> {
    await this.sink.flush();
    const { failure } = this.sink;
    if (failure === undefined) return true;
    state.complain(`could not write COPY data: ${failure}`);
    this.sink.clearFailure();
    return false;
  }

  /** False: the program failed, and that was said. */
  async close(state: EngineState): Promise<boolean> {
    const status = this.#owns ? await this.sink.close() : 0;
    return this.#command === undefined || reportProgram(state, this.#command, status);
  }
}
