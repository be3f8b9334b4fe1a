import { assess } from '../../sql/guard/assess.ts';
import type { StatementRequest } from '../session.ts';

/** The texts of the session's prepared statements, as far as they were seen, by their names. */
export class PreparedTexts {
  readonly #texts = new Map<string, string>();

  of(name: string): string | undefined {
    return this.#texts.get(name);
  }

  /** What a request is about to prepare; where it has succeeded, it takes the place of what had the name before. */
  note({ sql, prepare }: StatementRequest, standardStrings: boolean, hasSucceeded: boolean): void {
    const names = prepare === undefined ? preparedIn(sql, standardStrings) : ([[prepare, sql]] as const);
    for (const [name, text] of names) if (hasSucceeded || !this.#texts.has(name)) this.#texts.set(name, text);
  }
}

function preparedIn(sql: string, standardStrings: boolean): readonly (readonly [name: string, text: string])[] {
  if (!/prepare/i.test(sql)) return [];
  const { effects } = assess(sql, { standardStrings });
  return effects.flatMap((effect) => (effect.kind === 'prepare' ? [[effect.name, sql.slice(effect.start, effect.end)] as const] : []));
}
