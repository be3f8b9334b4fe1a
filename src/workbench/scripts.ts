import { replaceAll } from '../text/edit.ts';
import { textOf } from '../text/text-value.ts';
import { activeBuffer, type Buffer, type Buffers, changeBuffer, newBuffer } from './buffers.ts';

/** What begins the id of a script that has a file; its path follows. */
export const filePrefix = 'file:';

/** Whether the buffer holds text that is in no file. */
export function isUnsaved({ kind, file, value }: Buffer): boolean {
  if (kind === 'console') return false;
  if (file === undefined) return value.lines.some((line) => line !== '');
  const { saved } = file;
  if (saved === undefined || saved.length !== value.lines.length) return true;
  return saved !== value.lines && saved.some((line, index) => line !== value.lines[index]);
}

/** A script without a file, in front on the screen: `scratch 2` where it is the second buffer. */
export function addScratch(buffers: Buffers): Buffers {
  let number = buffers.list.length + 1;
  while (buffers.list.some((buffer) => buffer.id === `scratch-${number}`)) number++;
  return inFront(buffers, newBuffer(`scratch-${number}`, 'script', `scratch ${number}`));
}

/** A script with a file, in front on the screen. `text` undefined: the file is still to be made. */
export function addFile(buffers: Buffers, path: string, text: string | undefined, stamp: string | undefined): Buffers {
  const id = filePrefix + path;
  const open = buffers.list.findIndex((buffer) => buffer.id === id);
  if (open >= 0) return { ...buffers, active: open };
  const buffer = fileBuffer(path, text ?? '');
  // Of a file the beginning is shown.
  const start = { line: 0, column: 0 };
  const value = { ...buffer.value, cursor: start };
  return inFront(buffers, {
    ...buffer,
    value,
    file: { path, saved: text === undefined ? undefined : value.lines, stamp, hasChanged: false },
  });
}

export function fileBuffer(path: string, text: string): Buffer {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { ...newBuffer(filePrefix + path, 'script', name, text), file: { path, saved: undefined, stamp: undefined, hasChanged: false } };
}

/** The text is in the file now; a scratch gets its name. */
export function savedAs(buffers: Buffers, id: string, path: string, saved: readonly string[], stamp: string): Buffers {
  const { id: newId, name } = fileBuffer(path, '');
  const others = buffers.list.filter((buffer) => buffer.id !== newId || buffer.id === id);
  const shown = activeBuffer(buffers).id;
  const list = changeBuffer({ ...buffers, list: others }, id, (buffer) => ({
    ...buffer,
    id: newId,
    name,
    file: { path, saved, stamp, hasChanged: false },
  })).list;
  return {
    list,
    active: Math.max(
      0,
      list.findIndex((buffer) => buffer.id === (shown === id ? newId : shown)),
    ),
  };
}

/** Somebody else wrote the file. */
export function changedOnDisk(buffers: Buffers, id: string): Buffers {
  return changeBuffer(buffers, id, (buffer) =>
    buffer.file === undefined ? buffer : { ...buffer, file: { ...buffer.file, hasChanged: true } },
  );
}

/** What the file holds now takes the text's place; undo brings that back. */
export function readAgain(buffers: Buffers, id: string, text: string, stamp: string): Buffers {
  return changeBuffer(buffers, id, (buffer) => {
    if (buffer.file === undefined) return buffer;
    const value = textOf(buffer.value) === text ? buffer.value : replaceAll(buffer.value, text);
    return { ...buffer, value, errorMark: undefined, file: { ...buffer.file, saved: value.lines, stamp, hasChanged: false } };
  });
}

/** Closes a script; the console stays. */
export function closeScript(buffers: Buffers, id: string): Buffers {
  const index = buffers.list.findIndex((buffer) => buffer.id === id && buffer.kind === 'script');
  if (index < 0) return buffers;
  const active = buffers.active >= index ? Math.max(0, buffers.active - 1) : buffers.active;
  return { list: buffers.list.filter((buffer) => buffer.id !== id), active };
}

function inFront(buffers: Buffers, buffer: Buffer): Buffers {
  return { list: [...buffers.list, buffer], active: buffers.list.length };
}
