import type { EditOutcome, EditRequest, QueryBuffer } from '../commands/control-context.ts';
import { decodeLossless, encodeLossless } from '../text/lossless.ts';
import type { EngineState } from './engine-state.ts';

/** \e: the user's editor on the query buffer (or the last query), or on a file; what was saved is the new buffer. */
export async function editBuffer(state: EngineState, buffer: QueryBuffer, asked: EditRequest): Promise<EditOutcome> {
  const { path, line, discardsUnchanged } = asked;
  const { editFile, editText } = await import('../system/external-editor.ts');
  const run = (command: string): Promise<number> => state.face.child({ command, needsTerminal: true });
  const request = { run, environment: state.environment, ...(line === undefined ? {} : { line }) };
  // psql ends what it hands over with a newline, in the buffer too.
  const given = buffer.current.endsWith('\n') ? buffer.current : `${buffer.current}\n`;
  if (path === undefined && buffer.text !== '') buffer.replace(given);
  const outcome = path === undefined ? await editText({ ...request, bytes: encodeLossless(given) }) : await editFile(path, request);
  if (!outcome.ok) {
    state.complain(outcome.text);
    return 'failed';
  }
  if (outcome.isChanged) buffer.replace(decodeLossless(outcome.bytes));
  else if (discardsUnchanged) buffer.clear();
  return outcome.isChanged ? 'changed' : 'unchanged';
}
