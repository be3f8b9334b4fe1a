import { lineAt } from '../text/text-value.ts';
import { visible, visibleLines } from '../text/visible.ts';
import { displayWidth, pad, truncate, wrap } from '../text/width.ts';
import type { Model } from '../workbench/model.ts';
import { type FormField, formFields, foundEntries, type Picker, type PickerEntry, type ProfileForm } from '../workbench/picker.ts';
import { type Part, part, spread } from './paint.ts';
import type { Style } from './theme.ts';

export interface PickerView {
  readonly rows: readonly (readonly Part[])[];
  readonly cursor?: { readonly x: number; readonly y: number };
}

/** The first line of the first screen. */
export function pickerTitle(model: Model): readonly Part[] {
  const right = model.size.columns < 60 ? [] : [part('PostgreSQL, from the saddle ', 'dim')];
  return spread([part(` ${model.programName}`, 'bold')], right, model.size.columns);
}

/** What there is to connect to, or the form of a profile. */
export function pickerView(model: Model, lines: number): PickerView {
  const { picker } = model;
  return picker.form === undefined ? listView(model, picker, lines) : formView(model, picker.form);
}

function listView(model: Model, picker: Picker, lines: number): PickerView {
  const { columns } = model.size;
  const entries = foundEntries(picker);
  const notice = visibleLines(picker.notice)
    .flatMap((line) => wrap(line, Math.max(10, columns - 4)))
    .slice(0, 4);
  const room = Math.max(1, lines - 2 - (picker.notice === '' ? 0 : notice.length + 1));
  const top = Math.max(0, Math.min(picker.chosen - room + 1, entries.length - room));
  const labels = Math.min(Math.floor(columns / 3), Math.max(12, ...entries.map((entry) => displayWidth(visible(entry.label)))));
  const origins = columns < 60 ? 0 : Math.max(0, ...entries.map((entry) => entry.origin.length));
  const list = entries
    .slice(top, top + room)
    .map((entry, index) => entryRow(entry, top + index === picker.chosen, labels, origins, columns));
  const query = picker.query;
  const title: readonly Part[] =
    query === undefined
      ? [part(' Connect to', 'bold')]
      : [part(' Connect to  ', 'bold'), part('/', 'dim'), { text: visible(lineAt(query, 0)), style: 'plain' }];
  const said = picker.notice === '' ? [] : [[], ...notice.map((text) => [part('  '), { text, style: 'warning' } as const])];
  const cursor =
    query === undefined ? {} : { cursor: { x: 14 + displayWidth(visible(lineAt(query, 0).slice(0, query.cursor.column))), y: 0 } };
  return { rows: [title, ...list, ...said], ...cursor };
}

function entryRow(entry: PickerEntry, isChosen: boolean, labels: number, origins: number, columns: number): readonly Part[] {
  const style: Style = isChosen ? 'bold' : 'plain';
  const about = Math.max(1, Math.min(44, columns - labels - 8 - origins));
  return [
    part(isChosen ? ' ▸ ' : '   ', 'accent'),
    { text: pad(truncate(visible(entry.label), labels), labels), style },
    part('   '),
    { text: pad(truncate(visible(entry.about), about), about), style: 'dim' },
    part('  '),
    { text: visible(entry.origin), style: originStyle(entry.origin) },
  ];
}

function originStyle(origin: string): Style {
  return origin.startsWith('production') ? 'danger' : origin.startsWith('staging') ? 'warning' : 'dim';
}

const fieldNames: Readonly<Record<FormField, string>> = {
  name: 'Name',
  connection: 'Connection',
  environment: 'Environment',
  access: 'Access',
  savepoints: 'Savepoints',
};
const fieldNotes: Readonly<Record<FormField, string>> = {
  name: 'what the status line and the list call it',
  connection: 'postgres://user@host/database, or host=… user=… dbname=…; a password is never saved',
  environment: 'development, staging or production: its word and colour are on every frame',
  access: 'read-only: nothing is written through this profile; empty: read-write',
  savepoints: 'automatic ones in a transaction: off, last, every; empty: as HOWDAH_SAVEPOINTS is set',
};

function formView(model: Model, form: ProfileForm): PickerView {
  const room = Math.max(8, model.size.columns - 18);
  const rows: (readonly Part[])[] = [[part(form.replaces === undefined ? ' New profile' : ' Profile', 'bold')], []];
  let cursor = { x: 0, y: 0 };
  for (const field of formFields) {
    const value = form.values[field];
    const isFocused = field === form.focus;
    const before = displayWidth(visible(lineAt(value, 0).slice(0, value.cursor.column)));
    const left = Math.max(0, before - room + 1);
    if (isFocused) cursor = { x: 16 + before - left, y: rows.length };
    rows.push([
      part(isFocused ? ' ▸ ' : '   ', 'accent'),
      part(fieldNames[field].padEnd(13), isFocused ? 'bold' : 'plain'),
      { text: visible(visible(lineAt(value, 0)).slice(left)), style: 'plain' },
    ]);
    rows.push([part(`${' '.repeat(16)}${fieldNotes[field]}`, 'dim')]);
  }
  if (form.complaint !== undefined) rows.push([], [part('   '), { text: visible(form.complaint), style: 'danger' }]);
  return { rows, cursor };
}
