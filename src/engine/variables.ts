import type { VariableAccess } from '../commands/context.ts';

/** What a special variable does with a value: nothing returned: taken; a text: refused, this is why. */
export type VariableHook = (value: string | undefined) => string | undefined;

interface Hooks {
  /** What a value, or unsetting (undefined), becomes before it is checked. */
  readonly substitute: (value: string | undefined) => string | undefined;
  readonly assign: VariableHook;
}

const validName = /^[A-Za-z0-9_\u0080-\uffff]+$/;

/** psql's variable space (variables.c): names to texts, some with a hook that checks and applies the value. */
export class Variables implements VariableAccess {
  readonly #values = new Map<string, string>();
  readonly #hooks = new Map<string, Hooks>();
  readonly #complain: (text: string) => void;

  constructor(complain: (text: string) => void) {
    this.#complain = complain;
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  set(name: string, value: string): boolean {
    return this.#put(name, value);
  }

  unset(name: string): boolean {
    return this.#put(name, undefined);
  }

  /** In psql's order: byte order of the names. */
  entries(): readonly (readonly [name: string, value: string])[] {
    return [...this.#values].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }

  /** \gset refuses to touch these. */
  isSpecial(name: string): boolean {
    return this.#hooks.has(name);
  }

  /** Makes a name special. Its value becomes what the hooks make of unset. */
  hook(name: string, hooks: Hooks): void {
    this.#hooks.set(name, hooks);
    const value = hooks.substitute(this.#values.get(name));
    if (value !== undefined) this.#values.set(name, value);
    hooks.assign(value);
  }

  #put(name: string, given: string | undefined): boolean {
    if (!validName.test(name)) {
      // Deleting what cannot exist is no error.
      if (given === undefined) return true;
      this.#complain(`invalid variable name: "${name}"`);
      return false;
    }
    const hooks = this.#hooks.get(name);
    const value = hooks === undefined ? given : hooks.substitute(given);
    const refusal = hooks?.assign(value);
    if (refusal !== undefined) {
      this.#complain(refusal);
      return false;
    }
    if (value === undefined) this.#values.delete(name);
    else this.#values.set(name, value);
    return true;
  }
}
