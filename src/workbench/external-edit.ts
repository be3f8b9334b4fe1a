import { insert, replaceAll } from '../text/edit.ts';
import { move, moveTo } from '../text/move.ts';
import { type TextValue, textOf } from '../text/text-value.ts';
import { changeBuffer, withValue } from './buffers.ts';
import { keepCursorInView } from './editor-update.ts';
import type { Model } from './model.ts';

/** What $EDITOR saved is the buffer's text, its cursor where it was. What came into the buffer meanwhile stays before it. */
export function takeEdited(model: Model, id: string, given: string, text: string): Model {
  const edit = (value: TextValue): TextValue =>
    textOf(value) === given ? inPlace(value, text) : insert(move(value, 'documentEnd'), `\n${text}`);
  const buffers = changeBuffer(model.buffers, id, (buffer) => ({ ...withValue(buffer, edit(buffer.value)), walk: undefined }));
  return keepCursorInView({ ...model, buffers });
}

function inPlace(value: TextValue, text: string): TextValue {
  const { cursor } = value;
  const edited = replaceAll(value, text);
  const line = Math.min(cursor.line, edited.lines.length - 1);
  return moveTo(edited, { line, column: Math.min(cursor.column, edited.lines[line]?.length ?? 0) });
}
