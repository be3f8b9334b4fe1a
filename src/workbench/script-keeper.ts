import { homedir } from 'node:os';
import { basename, resolve } from 'node:path';
import { readScript, scriptStamp, writeScript } from '../system/script-file.ts';
import { decodeLossless, encodeLossless } from '../text/lossless.ts';
import { textOf } from '../text/text-value.ts';
import type { Buffer as TextBuffer } from './buffers.ts';
import type { Severity } from './log.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import { choiceQuestion, type PendingQuestion, textQuestion } from './question.ts';
import { isUnsaved } from './scripts.ts';

export interface ScriptHost {
  model(): Model;
  dispatch(message: Message): void;
  say(severity: Severity, text: string): void;
  ask(question: PendingQuestion): Promise<string | undefined>;
}

/** Milliseconds between looks at the files of open scripts. */
const lookEvery = 2000;

/** Opens, saves and closes scripts, and notices when somebody else writes their files. */
export class ScriptKeeper {
  readonly #host: ScriptHost;
  #looking: NodeJS.Timeout | undefined;

  constructor(host: ScriptHost) {
    this.#host = host;
  }

  /** Ctrl-N. */
  async create(): Promise<void> {
    const name = await this.#host.ask(textQuestion('script', 'text', 'File of the script (nothing: a scratch)'));
    if (name === undefined) return;
    if (name.trim() === '') this.#host.dispatch({ type: 'scratch-opened' });
    else await this.#open(pathOf(name));
  }

  async save(buffer: TextBuffer): Promise<boolean> {
    const path = buffer.file?.path ?? (await this.#askPath(buffer));
    if (path === undefined) return false;
    const stamp = await scriptStamp(path);
    const isOurs = stamp === buffer.file?.stamp;
    if (stamp !== undefined && !isOurs) {
      const answer = await this.#askWhichStays(path, buffer.file !== undefined);
      if (answer === 'read') return await this.#readAgain(buffer.id, path);
      if (answer !== 'write') return false;
    }
    return await this.#write(buffer, path);
  }

  /** Alt-W: what is in no file is asked about. */
  async close(buffer: TextBuffer): Promise<void> {
    if (isUnsaved(buffer)) {
      const answer = await this.#host.ask(
        choiceQuestion(
          'close-script',
          `${buffer.name} is not saved`,
          [],
          [
            { id: 'stay', label: 'Keep it open' },
            { id: 'save', label: 'Save and close' },
            { id: 'drop', label: 'Close, the text goes' },
          ],
          'stay',
        ),
      );
      if (answer === 'save' ? !(await this.save(buffer)) : answer !== 'drop') return;
    }
    const saved = this.#host.model().buffers.list.find(({ id, value }) => id === buffer.id || value === buffer.value);
    this.#host.dispatch({ type: 'script-closed', id: saved?.id ?? buffer.id });
  }

  /** Looks at the files from time to time, as long as there are any. */
  watch(): void {
    const isNeeded = this.#host.model().buffers.list.some((buffer) => buffer.file !== undefined);
    if (isNeeded && this.#looking === undefined) {
      this.#looking = setInterval(() => void this.#look(), lookEvery);
      this.#looking.unref();
    } else if (!isNeeded) this.stop();
  }

  stop(): void {
    clearInterval(this.#looking);
    this.#looking = undefined;
  }

  async #open(path: string): Promise<void> {
    const read = await readScript(path);
    if (read.type === 'failed') return this.#host.say('error', `${path} cannot be opened: ${read.reason}`);
    const [text, stamp] = read.type === 'read' ? [decodeLossless(read.bytes), read.stamp] : [];
    this.#host.dispatch({ type: 'script-opened', path, text, stamp });
  }

  async #askPath(buffer: TextBuffer): Promise<string | undefined> {
    const name = await this.#host.ask(textQuestion('script', 'text', `Save ${buffer.name} in which file?`));
    return name === undefined || name.trim() === '' ? undefined : pathOf(name);
  }

  #askWhichStays(path: string, isOpen: boolean): Promise<string | undefined> {
    const why = isOpen ? `${basename(path)} has changed on disk` : `${path} exists`;
    const choices = [
      { id: 'stay', label: 'Leave both as they are' },
      { id: 'write', label: 'Write over the file' },
      ...(isOpen ? [{ id: 'read', label: 'Read the file again (undo brings the text back)' }] : []),
    ];
    return this.#host.ask(choiceQuestion('script-changed', why, [], choices, 'stay'));
  }

  async #readAgain(id: string, path: string): Promise<boolean> {
    const read = await readScript(path);
    if (read.type !== 'read') return false;
    this.#host.dispatch({ type: 'script-read', id, text: decodeLossless(read.bytes), stamp: read.stamp });
    return true;
  }

  async #write(buffer: TextBuffer, path: string): Promise<boolean> {
    const { lines } = buffer.value;
    try {
      const stamp = await writeScript(path, encodeLossless(textOf(buffer.value)));
      this.#host.dispatch({ type: 'script-saved', id: buffer.id, path, lines, stamp });
      this.#host.say('info', `Saved ${path}.`);
      return true;
    } catch (error) {
      this.#host.say('error', `${path} is not saved: ${(error as Error).message}`);
      return false;
    }
  }

  async #look(): Promise<void> {
    for (const { id, name, file } of this.#host.model().buffers.list) {
      if (file?.stamp === undefined || file.hasChanged) continue;
      const stamp = await scriptStamp(file.path);
      const now = this.#host.model().buffers.list.find((buffer) => buffer.id === id)?.file;
      // It may have been saved from here meanwhile.
      if (stamp === undefined || stamp === file.stamp || now?.stamp !== file.stamp) continue;
      this.#host.dispatch({ type: 'script-changed', id });
      this.#host.say('warning', `${name} has changed on disk: saving asks which text stays.`);
    }
  }
}

function pathOf(name: string): string {
  return resolve(name.trim().replace(/^~(?=\/|$)/, homedir()));
}
