import { editText, understandsLine } from '../system/external-editor.ts';
import { decodeLossless, encodeLossless } from '../text/lossless.ts';
import { textOf } from '../text/text-value.ts';
import type { Buffer as TextBuffer } from './buffers.ts';
import type { Severity } from './log.ts';
import type { Message } from './message.ts';

interface EditorHost {
  /** Runs a command on the whole terminal; resolves with its status. */
  run(command: string): Promise<number>;
  dispatch(message: Message): void;
  say(severity: Severity, text: string): void;
}

/** Ctrl-X Ctrl-E: the user's editor on the text of a buffer, which stays as it is unless another is saved. */
export async function editExternally(buffer: TextBuffer, host: EditorHost): Promise<void> {
  const given = textOf(buffer.value);
  // Editors end a file with a newline; the buffer's text need not.
  const isEnded = given === '' || given.endsWith('\n');
  let status = 0;
  const run = async (command: string): Promise<number> => {
    status = await host.run(command);
    return status;
  };
  const line = buffer.value.cursor.line + 1;
  const outcome = await editText({
    bytes: encodeLossless(isEnded ? given : `${given}\n`),
    run,
    ...(line > 1 && understandsLine() ? { line } : {}),
  });
  if (!outcome.ok) return host.say('error', `${outcome.text}: the text is as it was.`);
  const saved = decodeLossless(outcome.bytes);
  const text = isEnded ? saved : saved.replace(/\n$/, '');
  const isChanged = text !== given;
  if (isChanged) host.dispatch({ type: 'edited', id: buffer.id, given, text });
  if (status === 0) return;
  const left = isChanged ? 'what it saved is here; undo brings back the text of before' : 'the text is as it was';
  host.say('warning', `The editor ended with status ${status}: ${left}.`);
}
