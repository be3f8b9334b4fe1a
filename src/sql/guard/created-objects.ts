import { assess, type KnownFacts } from './assess.ts';
import { isPutTogether } from './dynamic-text.ts';
import type { Effect } from './effect.ts';
import type { ObjectName } from './token-reader.ts';
import { sqlTokens } from './tokens.ts';

/** Kinds that share their names in a schema. */
const relations = new Set(['table', 'view', 'materialized view', 'index', 'sequence', 'foreign table']);
/** Of these a name is one object: routines have their arguments besides. */
const others = new Set(['schema', 'type', 'domain']);
/** What changes how names are found. */
const nameSettings = new Set(['search_path', 'role', 'session authorization', 'all', '']);

/**
 * Objects that statements, which all succeeded one after the other, have made and not given up since: nothing of them was there before.
 * A name holds as long as names are found in the same way.
 */
export function createdObjects(statements: readonly string[], facts: KnownFacts = {}): (name: ObjectName, object: string) => boolean {
  const created = new Set<string>();
  for (const sql of statements) {
    const isMoved = /\b(?:rename|set\s+schema)\b/i.test(
      sqlTokens(sql, facts.standardStrings)
        .map((token) => token.text)
        .join(' '),
    );
    for (const effect of assess(sql, facts).effects) follow(created, effect, isMoved);
  }
  return (name, object) => created.has(keyOf(name, object));
}

/** Whether DROP of this kind of object names relations. */
export function isRelation(object: string): boolean {
  return relations.has(object);
}

function follow(created: Set<string>, effect: Effect, isMoved: boolean): void {
  switch (effect.kind) {
    case 'create':
      // What a DO block or EXECUTE makes may depend on a condition.
      if (!relations.has(effect.object) && !others.has(effect.object)) return;
      if (effect.target !== undefined && !effect.mayExist && effect.via.length === 0) created.add(keyOf(effect.target, effect.object));
      return;
    case 'drop':
      for (const name of effect.names) created.delete(keyOf(name, effect.object));
      if (effect.cascade || effect.object === 'owned by' || effect.names.some(isPutTogether)) created.clear();
      return;
    case 'alter':
      if (isMoved && effect.target !== undefined) created.delete(keyOf(effect.target, effect.object));
      return;
    case 'setting':
      if (nameSettings.has(effect.name)) created.clear();
      return;
    case 'do':
    case 'execute':
      if (!effect.isKnown) created.clear();
      return;
    case 'call':
    case 'unread':
      created.clear();
      return;
    default:
      return;
  }
}

function keyOf(name: ObjectName, object: string): string {
  return `${relations.has(object) ? 'relation' : object} ${name.normalized}`;
}
