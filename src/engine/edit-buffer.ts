import type { EditOutcome, EditRequest, QueryBuffer } from '../commands/control-context.ts';
import type { EngineState } from './engine-state.ts';

/** \e: the user's editor on the query buffer (or the last query), or on a file; what was saved is the new buffer. */
export async function editBuffer(state: EngineState, buffer: QueryBuffer, asked: EditRequest): Promise<EditOutcome> {
  const { path, line, discardsUnchanged } = asked;
  const { editFile, editText } = await import('../system/external-editor.ts');
  const run = (command: string): Promise<number> => state.face.child({ command, needsTerminal: true });
  const request = { run, environment: state.environment, ...(line === undefined ? {} : { line }) };
  const outcome = path === undefined ? await editText({ ...request, text: buffer.current }) : await editFile(path, request);
  if (!outcome.ok) {
    state.complain(outcome.text);
    return 'failed';
  }
  if (outcome.isChanged) buffer.replace(outcome.text);
  else if (discardsUnchanged) buffer.clear();
  return outcome.isChanged ? 'changed' : 'unchanged';
}
