import { isSavepointSetting, type SavepointSetting } from '../profiles/profile.ts';
import { emptyText, fromText, type TextValue, textOf } from '../text/text-value.ts';
import type { Environment } from './connection.ts';
import type { WorkbenchStart } from './launch.ts';

/** A saved profile as the form edits it; the password is never part of it. */
export interface ProfileFields {
  readonly name: string;
  /** A URI or key=value string, or what psql takes as a database name. */
  readonly connection: string;
  readonly environment: Environment | '';
  readonly isReadOnly: boolean;
  /** Automatic savepoints; '': as they are set anyway. */
  readonly savepoints: SavepointSetting | '';
}

export interface PickerEntry {
  readonly id: string;
  readonly label: string;
  readonly about: string;
  readonly origin: string;
  /** What Enter connects to; undefined: the entry that makes a new profile. */
  readonly start: PickerStart | undefined;
  /** Present: a saved profile, which may be edited, tested and deleted. */
  readonly profile?: ProfileFields;
}

export type PickerStart =
  | { readonly type: 'start'; readonly start: WorkbenchStart }
  /** A conninfo string or URI, resolved when it is picked. */
  | { readonly type: 'conninfo'; readonly conninfo: string; readonly profile?: string };

export const formFields = ['name', 'connection', 'environment', 'access', 'savepoints'] as const;
export type FormField = (typeof formFields)[number];

export interface ProfileForm {
  /** The name of the profile being edited; undefined: a new one. */
  readonly replaces: string | undefined;
  readonly values: Readonly<Record<FormField, TextValue>>;
  readonly focus: FormField;
  readonly complaint: string | undefined;
}

export interface Picker {
  readonly entries: readonly PickerEntry[];
  readonly chosen: number;
  /** The id of an entry to choose when the entries are found anew. */
  readonly sought?: string;
  /** Being typed after `/`. */
  readonly query: TextValue | undefined;
  readonly form: ProfileForm | undefined;
  /** The last word: a test's outcome, why connecting failed. */
  readonly notice: string;
}

export const emptyPicker: Picker = { entries: [], chosen: 0, query: undefined, form: undefined, notice: '' };

export function foundEntries(picker: Picker): readonly PickerEntry[] {
  const words = picker.query === undefined ? '' : textOf(picker.query).trim().toLowerCase();
  if (words === '') return picker.entries;
  return picker.entries.filter((entry) => `${entry.label} ${entry.about} ${entry.origin}`.toLowerCase().includes(words));
}

export function chosenEntry(picker: Picker): PickerEntry | undefined {
  return foundEntries(picker)[picker.chosen];
}

export function moveChosen(picker: Picker, step: number): Picker {
  const last = Math.max(0, foundEntries(picker).length - 1);
  return { ...picker, chosen: Math.max(0, Math.min(last, picker.chosen + step)) };
}

/** Out of the search, with the choice on what was found. */
export function withoutQuery(picker: Picker): Picker {
  const found = chosenEntry(picker);
  return { ...picker, query: undefined, chosen: Math.max(0, found === undefined ? 0 : picker.entries.indexOf(found)) };
}

/** Entries found later keep the choice on what was chosen. */
export function withEntries(picker: Picker, entries: readonly PickerEntry[]): Picker {
  const { sought = chosenEntry(picker)?.id, ...rest } = picker;
  const changed: Picker = { ...rest, entries };
  const index = foundEntries(changed).findIndex((entry) => entry.id === sought);
  return { ...changed, chosen: index < 0 ? Math.min(picker.chosen, Math.max(0, entries.length - 1)) : index };
}

export function openForm(profile: ProfileFields | undefined): ProfileForm {
  return {
    replaces: profile?.name,
    values: {
      name: fieldOf(profile?.name),
      connection: fieldOf(profile?.connection),
      environment: fieldOf(profile?.environment),
      access: fieldOf(profile?.isReadOnly === true ? 'read-only' : ''),
      savepoints: fieldOf(profile?.savepoints),
    },
    focus: 'name',
    complaint: undefined,
  };
}

function fieldOf(text: string | undefined): TextValue {
  return text === undefined || text === '' ? emptyText : fromText(text);
}

export function nextField(form: ProfileForm, step: 1 | -1): ProfileForm {
  const index = (formFields.indexOf(form.focus) + step + formFields.length) % formFields.length;
  return { ...form, focus: formFields[index] ?? 'name' };
}

const environments: Readonly<Record<string, Environment | ''>> = {
  '': '',
  dev: 'development',
  development: 'development',
  staging: 'staging',
  stage: 'staging',
  prod: 'production',
  production: 'production',
};

const accesses: Readonly<Record<string, boolean>> = {
  '': false,
  'read-write': false,
  'read-only': true,
  'read only': true,
  readonly: true,
};

/** What the form holds, or one sentence about what is wrong with it. */
export function readForm(form: ProfileForm): ProfileFields | string {
  const name = textOf(form.values.name).trim();
  const environment = environments[textOf(form.values.environment).trim().toLowerCase()];
  if (name === '') return 'A profile needs a name.';
  if (environment === undefined) return 'The environment is development, staging or production, or empty.';
  const isReadOnly = accesses[textOf(form.values.access).trim().toLowerCase()];
  if (isReadOnly === undefined) return 'The access is read-only, or read-write, or empty.';
  const savepoints = textOf(form.values.savepoints).trim().toLowerCase();
  if (savepoints !== '' && !isSavepointSetting(savepoints)) return 'The automatic savepoints are off, last or every, or empty.';
  return { name, connection: textOf(form.values.connection).trim(), environment, isReadOnly, savepoints };
}
