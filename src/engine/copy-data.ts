import { closeSync, fstatSync, openSync } from 'node:fs';
import type { CopyStream } from '../commands/control-context.ts';
import type { Session } from '../server/session.ts';
import { shellCommand } from '../sql/quote.ts';
import { decodeLossless, encodeLossless } from '../text/lossless.ts';
import type { CopyMeter } from './copy-meter.ts';
import { DescriptorSource, standardInput } from './descriptor-source.ts';
import type { EngineState } from './engine-state.ts';
import type { InputSource } from './input-source.ts';
import { exitText, setShellVariables } from './shell-variables.ts';
import { systemErrorText } from './system-error.ts';

// What is collected before it is sent, as libpq's buffer would.
const blockSize = 64 * 1024;
const newline = 10;

/** A COPY that wants data. */
interface Feed {
  readonly state: EngineState;
  readonly session: Session;
  readonly isBinary: boolean;
  readonly meter: CopyMeter | undefined;
}

/** Sends COPY's data from where they come. False: reading failed; the server was told. */
export async function feedCopy(feed: Feed, stream: CopyStream): Promise<boolean> {
  const { state, isBinary } = feed;
  switch (stream.type) {
    case 'inline': {
      const top = state.sources.at(-1);
      if (top === undefined) return feedStandard(feed);
      const count = () => top.line++;
      if (!state.face.isInteractive) return isBinary ? feedBlocks(feed, top.source) : feedLines(feed, top.source, count);
      // In the workbench the lines after the statement serve; where there are none a person is asked.
      const first = await nextLine(top.source);
      return first === undefined ? feedAnswer(feed) : feedLines(feed, top.source, count, first);
    }
    case 'standard':
      return feedStandard(feed);
    case 'file':
      return feedFile(feed, stream.path);
    case 'program':
      return feedProgram(feed, stream.command);
  }
}

/** Standard input, also for what -c gives; in the workbench that is a person who types. */
async function feedStandard(feed: Feed): Promise<boolean> {
  if (feed.state.face.isInteractive) return feedAnswer(feed);
  return feed.isBinary ? feedBlocks(feed, standardInput) : feedLines(feed, standardInput, () => 0);
}

/** A person types them. */
async function feedAnswer({ state, session }: Feed): Promise<boolean> {
  const text = await state.face.ask({ type: 'copy-data' });
  if (text === undefined) return giveUp(session);
  if (text !== '') await session.copyData(encodeLossless(text.endsWith('\n') ? text : `${text}\n`));
  session.copyDone();
  return true;
}

/** Ctrl-C, in psql's words. */
function giveUp(session: Session): false {
  session.copyFail('canceled by user');
  return false;
}

/** Sends some of the data. False: Ctrl-C came meanwhile. */
async function send({ state, session, meter }: Feed, bytes: Buffer): Promise<boolean> {
  await hearServer();
  if (state.interrupt.signal.aborted) return false;
  if (bytes.length > 0) await session.copyData(bytes);
  meter?.add(bytes);
  return true;
}

/** Lines of a source up to one that is `\.` alone, or its end. */
async function feedLines(feed: Feed, source: InputSource, count: () => void, first?: Buffer): Promise<boolean> {
  const { session } = feed;
  let parts: Buffer[] = [];
  let size = 0;
  for (let next = first ?? nextLine(source); ; next = nextLine(source)) {
    // To wait for each of millions of lines takes as long as everything else.
    const line = next instanceof Promise ? await next : next;
    if (line === undefined) break;
    if (line.at(-1) === newline) count();
    if (isEndMark(line)) break;
    parts.push(line);
    size += line.length;
    if (size > blockSize) {
      if (!(await send(feed, Buffer.concat(parts)))) return giveUp(session);
      parts = [];
      size = 0;
    }
  }
  if (!(await send(feed, Buffer.concat(parts)))) return giveUp(session);
  session.copyDone();
  return true;
}

/** Binary data: all there is, in which nothing marks the end. */
async function feedBlocks(feed: Feed, source: InputSource): Promise<boolean> {
  const { session } = feed;
  const next = async () => (source.readBlock === undefined ? await nextLine(source) : source.readBlock());
  for (let block = await next(); block !== undefined; block = await next()) {
    if (!(await send(feed, block))) return giveUp(session);
  }
  session.copyDone();
  return true;
}

/** Reading a pipe blocks: what the server said meanwhile, such as why it ended, is read before anything is written. */
async function hearServer(): Promise<void> {
  // The first ends this turn of the event loop; between it and the second, sockets are polled.
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
}

function nextLine(source: InputSource): Buffer | undefined | Promise<Buffer | undefined> {
  return source.readRawLine === undefined ? encodedLine(source) : source.readRawLine();
}

async function encodedLine(source: InputSource): Promise<Buffer | undefined> {
  const line = await source.readLine();
  return line === undefined ? undefined : encodeLossless(`${line}\n`);
}

/** `\.` and a line end: the end of data, also in files (psql 15). */
function isEndMark(line: Buffer): boolean {
  if (line[0] !== 0x5c || line[1] !== 0x2e) return false;
  const rest = line.subarray(2).toString('latin1');
  return rest === '\n' || rest === '\r\n';
}

async function feedFile(feed: Feed, path: string): Promise<boolean> {
  const { session, meter } = feed;
  const descriptor = openSync(path, 'r');
  const file = fstatSync(descriptor);
  if (meter !== undefined && file.isFile()) meter.totalBytes = file.size;
  const source = new DescriptorSource(descriptor, path, true, feed.state.face.isInteractive);
  try {
    return feed.isBinary ? await feedBlocks(feed, source) : await feedLines(feed, source, () => 0);
  } catch (error) {
    session.copyFail(`Trouble while reading: ${systemErrorText(error)}`);
    return false;
  } finally {
    source.close();
  }
}

async function feedProgram(feed: Feed, command: string): Promise<boolean> {
  const { state, session } = feed;
  // The workbench's keyboard and screen are its own.
  const stdio = state.face.isInteractive ? (['ignore', 'pipe', 'pipe'] as const) : (['inherit', 'pipe', 'inherit'] as const);
  const { spawn } = await import('node:child_process');
  const child = spawn('/bin/sh', ['-c', shellCommand(command)], { argv0: 'sh', stdio: [...stdio], env: { ...state.environment } });
  child.stderr?.on('data', (chunk: Buffer) => state.sayToError(decodeLossless(chunk)));
  const status = new Promise<number>((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
  for await (const chunk of child.stdout ?? []) {
    if (await send(feed, chunk as Buffer)) continue;
    child.kill();
    return giveUp(session);
  }
  session.copyDone();
  return reportProgram(state, command, await status);
}

/** Says what a program ended with where that is no success. */
export function reportProgram(state: EngineState, command: string, status: number): boolean {
  setShellVariables(state, status);
  if (status === 0) return true;
  state.complain(`${command}: ${exitText(status)}`);
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
