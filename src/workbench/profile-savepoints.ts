import type { VariableAccess } from '../commands/context.ts';
import type { SavepointSetting } from '../profiles/profile.ts';

const variable = 'HOWDAH_SAVEPOINTS';

/** A profile's automatic savepoints hold while it is connected; elsewhere holds again what was set before. */
export class ProfileSavepoints {
  readonly #variables: VariableAccess;
  #before: { readonly value: string | undefined } | undefined;

  constructor({ variables }: { readonly variables: VariableAccess }) {
    this.#variables = variables;
  }

  take(setting: SavepointSetting | undefined): void {
    if (this.#before !== undefined) this.#set(this.#before.value);
    this.#before = setting === undefined ? undefined : { value: this.#variables.get(variable) };
    if (setting !== undefined) this.#set(setting);
  }

  #set(value: string | undefined): void {
    if (value === undefined) this.#variables.unset(variable);
    else this.#variables.set(variable, value);
  }
}
