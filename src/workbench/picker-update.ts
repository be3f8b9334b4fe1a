import { emptyText, fromText, textOf } from '../text/text-value.ts';
import type { Command } from './keymap.ts';
import type { Model } from './model.ts';
import { chosenEntry, moveChosen, nextField, openForm, type Picker, type ProfileForm, readForm, withoutQuery } from './picker.ts';
import { choiceQuestion } from './question.ts';
import { type Step, step } from './step.ts';
import { editText, insertInLine } from './text-commands.ts';

/** Commands of the first screen and of F9. */
export function updatePicker(model: Model, command: Command): Step {
  const { picker } = model;
  if (picker.form !== undefined) return updateForm(model, picker.form, command);
  const entry = chosenEntry(picker);
  switch (command) {
    case 'pick':
      if (entry === undefined) return step(model);
      if (entry.start === undefined) return step(withPicker(model, { ...picker, query: undefined, form: openForm(undefined) }));
      return step(withPicker(model, { ...picker, notice: `Connecting to ${entry.label} …` }), { type: 'connect', to: entry.start });
    case 'profile-new':
      return step(withPicker(model, { ...picker, form: openForm(undefined) }));
    case 'profile-edit':
      if (entry?.profile === undefined)
        return step(withPicker(model, { ...picker, notice: 'Only saved profiles can be edited; n makes one.' }));
      return step(withPicker(model, { ...picker, form: openForm(entry.profile) }));
    case 'profile-test':
      if (entry?.start === undefined) return step(model);
      return step(withPicker(model, { ...picker, notice: `Testing ${entry.label} …` }), { type: 'profile-test', to: entry.start });
    case 'profile-delete':
      return entry?.profile === undefined
        ? step(withPicker(model, { ...picker, notice: 'Only saved profiles can be deleted.' }))
        : askToDelete(model, entry.profile.name);
    case 'picker-find':
      return step(withPicker(model, { ...picker, query: emptyText, chosen: 0 }));
    case 'picker-back':
      return back(model);
    case 'list-up':
      return step(withPicker(model, moveChosen(picker, -1)));
    case 'list-down':
      return step(withPicker(model, moveChosen(picker, 1)));
    default:
      if (picker.query === undefined) return step(model);
      return step(withPicker(model, { ...picker, query: editText(picker.query, command) ?? picker.query, chosen: 0 }));
  }
}

/** Text typed into the form's field or after `/`. */
export function typeInPicker(model: Model, text: string): Step {
  const { picker } = model;
  if (picker.form !== undefined) {
    const { form } = picker;
    const values = { ...form.values, [form.focus]: insertInLine(form.values[form.focus], text) };
    return step(withPicker(model, { ...picker, form: { ...form, values, complaint: undefined } }));
  }
  if (picker.query === undefined) return step(model);
  return step(withPicker(model, { ...picker, query: insertInLine(picker.query, text), chosen: 0 }));
}

/** Esc: out of the search; back to the session where there is one. */
function back(model: Model): Step {
  if (model.picker.query !== undefined) return step(withPicker(model, withoutQuery(model.picker)));
  return step(model.connection.phase === 'none' ? model : { ...model, screen: 'work' });
}

function updateForm(model: Model, form: ProfileForm, command: Command): Step {
  const withForm = (changed: ProfileForm | undefined) => withPicker(model, { ...model.picker, form: changed });
  switch (command) {
    case 'form-cancel':
      return step(withForm(undefined));
    case 'form-next':
      return step(withForm(nextField(form, 1)));
    case 'form-previous':
      return step(withForm(nextField(form, -1)));
    case 'form-save': {
      const fields = readForm(form);
      if (typeof fields === 'string') return step(withForm({ ...form, complaint: fields }));
      return step(model, { type: 'profile-save', fields, replaces: form.replaces });
    }
    default: {
      const value = editText(form.values[form.focus], command);
      if (value === undefined) return step(model);
      return step(withForm({ ...form, values: { ...form.values, [form.focus]: fromText(textOf(value), value.cursor.column) } }));
    }
  }
}

function askToDelete(model: Model, name: string): Step {
  const question = choiceQuestion(
    `delete:${name}`,
    `Delete the profile ${name}?`,
    ['Only the saved connection goes; no database is touched.'],
    [
      { id: 'keep', label: 'Keep it' },
      { id: 'delete', label: 'Delete' },
    ],
    'keep',
  );
  return step({ ...model, questions: [question, ...model.questions] });
}

function withPicker(model: Model, picker: Picker): Model {
  return { ...model, picker };
}
