import { replaceAll } from '../text/edit.ts';
import { emptyText, fromText, type TextValue, textOf } from '../text/text-value.ts';

/** A range of a line the server pointed at, from 0, in UTF-16 units. */
export interface ErrorMark {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

export interface ScriptFile {
  readonly path: string;
  /** The lines that are in it; undefined: it was not read or written yet. */
  readonly saved: readonly string[] | undefined;
  /** Of the file as it was read or written; undefined: there was none. */
  readonly stamp: string | undefined;
  /** Somebody else has written it since. */
  readonly hasChanged: boolean;
}

export interface Buffer {
  readonly id: string;
  /** The console runs on Enter and empties; a script does neither. */
  readonly kind: 'console' | 'script';
  readonly name: string;
  readonly value: TextValue;
  /** A script's file. */
  readonly file?: ScriptFile;
  /** First line shown. */
  readonly top: number;
  readonly errorMark: ErrorMark | undefined;
  /** Walking the history: how far back from the newest (1 is the newest), and what was typed before. */
  readonly walk: { readonly back: number; readonly typed: string } | undefined;
}

export interface Buffers {
  readonly list: readonly Buffer[];
  /** Index of the one shown. */
  readonly active: number;
}

export const consoleId = 'console';

export function newBuffer(id: string, kind: 'console' | 'script', name: string, text = ''): Buffer {
  return { id, kind, name, value: text === '' ? emptyText : fromText(text), top: 0, errorMark: undefined, walk: undefined };
}

export const firstBuffers: Buffers = { list: [newBuffer(consoleId, 'console', 'console')], active: 0 };

export function activeBuffer(buffers: Buffers): Buffer {
  const buffer = buffers.list[buffers.active] ?? buffers.list[0];
  if (buffer === undefined) throw new Error('there is always a console');
  return buffer;
}

export function changeBuffer(buffers: Buffers, id: string, change: (buffer: Buffer) => Buffer): Buffers {
  return { ...buffers, list: buffers.list.map((buffer) => (buffer.id === id ? change(buffer) : buffer)) };
}

export function changeActive(buffers: Buffers, change: (buffer: Buffer) => Buffer): Buffers {
  return changeBuffer(buffers, activeBuffer(buffers).id, change);
}

/** What has been run for good leaves the console, as any other statement does: Enter must not run it twice. */
export function withoutRun(buffers: Buffers, sql: string): Buffers {
  return changeBuffer(buffers, consoleId, (buffer) =>
    bare(textOf(buffer.value)) === bare(sql)
      ? { ...buffer, value: replaceAll(buffer.value, ''), errorMark: undefined, walk: undefined, top: 0 }
      : buffer,
  );
}

function bare(sql: string): string {
  return sql.trim().replace(/\s*;$/, '');
}

/** What an earlier process kept stands before what was typed in the console while it was looked for. */
export function withRestored(buffers: Buffers, restored: Buffers): Buffers {
  const typed = buffers.list.map((buffer) => (buffer.id === consoleId ? textOf(buffer.value) : '')).join('');
  if (typed === '') return restored;
  return changeBuffer(restored, consoleId, (buffer) => {
    const earlier = textOf(buffer.value);
    return { ...buffer, value: fromText(earlier === '' ? typed : `${earlier}\n${typed}`) };
  });
}

/** New text for a buffer: marks of the last error go where the text differs. */
export function withValue(buffer: Buffer, value: TextValue): Buffer {
  if (value === buffer.value) return buffer;
  return { ...buffer, value, errorMark: value.lines === buffer.value.lines ? buffer.errorMark : undefined };
}

/** Scrolls so that the cursor's line is in a window of so many lines. */
export function scrolledTo(buffer: Buffer, lines: number): Buffer {
  const { line } = buffer.value.cursor;
  const marked = buffer.errorMark !== undefined && buffer.errorMark.line <= line ? 1 : 0;
  const room = Math.max(1, lines - marked);
  const lastTop = Math.max(0, buffer.value.lines.length + marked - room);
  const top = Math.min(lastTop, Math.max(line - room + 1, Math.min(buffer.top, line)));
  return top === buffer.top ? buffer : { ...buffer, top };
}

/** Walks the console's history, +1 older, -1 newer. The text typed before comes back at the end of the way. */
export function walkHistory(buffer: Buffer, history: readonly string[], step: 1 | -1): Buffer {
  const typed = buffer.walk?.typed ?? textOf(buffer.value);
  const back = (buffer.walk?.back ?? 0) + step;
  if (back < 0 || back > history.length) return buffer;
  const text = back === 0 ? typed : (history[history.length - back] ?? '');
  return { ...buffer, value: fromText(text), errorMark: undefined, walk: back === 0 ? undefined : { back, typed } };
}
