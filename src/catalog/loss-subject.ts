import type { Effect } from '../sql/guard/effect.ts';
import type { ObjectName } from '../sql/guard/token-reader.ts';
import type { LossSubject } from './loss-preview.ts';

/** What to look up before an effect, and how to speak of what goes with it. */
export interface LossRequest {
  readonly subject: LossSubject;
  readonly lead: string;
}

/** Undefined: there is nothing of size or rows to look up. `fullName`: a relation's name with its schema, where it is known. */
export function lossRequest(effect: Effect, fullName: (name: ObjectName) => string): LossRequest | undefined {
  switch (effect.kind) {
    case 'drop':
      return dropRequest(effect, fullName);
    case 'truncate': {
      const how = effect.cascade ? 'referring-tables' : 'rows';
      return { subject: { kind: 'relation', names: effect.names.map(fullName), how }, lead: 'Emptied with it' };
    }
    case 'delete':
      return rowsRequest(effect.target, 'referring-rows', fullName);
    case 'update':
      return rowsRequest(effect.target, 'rows', fullName);
    case 'merge':
      return rowsRequest(effect.target, effect.unmatched === 'deleted' ? 'referring-rows' : 'rows', fullName);
    case 'alter-drop': {
      const { target, name, part, cascade } = effect;
      if (part !== 'column' || target === undefined || name === undefined) return undefined;
      return { subject: { kind: 'column', table: fullName(target), column: name.parts.at(-1) ?? '' }, lead: dropLead(cascade) };
    }
    default:
      return undefined;
  }
}

function rowsRequest(
  target: ObjectName | undefined,
  how: 'rows' | 'referring-rows',
  fullName: (name: ObjectName) => string,
): LossRequest | undefined {
  if (target === undefined) return undefined;
  return { subject: { kind: 'relation', names: [fullName(target)], how }, lead: 'ON DELETE CASCADE takes rows of' };
}

const dropped: Readonly<Record<string, 'relation' | 'schema' | 'type' | 'routine' | 'extension'>> = {
  table: 'relation',
  view: 'relation',
  'materialized view': 'relation',
  index: 'relation',
  sequence: 'relation',
  'foreign table': 'relation',
  schema: 'schema',
  type: 'type',
  domain: 'type',
  function: 'routine',
  procedure: 'routine',
  routine: 'routine',
  aggregate: 'routine',
  extension: 'extension',
};

function dropRequest(
  { object, names, cascade }: Extract<Effect, { kind: 'drop' }>,
  fullName: (name: ObjectName) => string,
): LossRequest | undefined {
  const lead = dropLead(cascade);
  const [first] = names;
  if (object === 'database' && first !== undefined) return { subject: { kind: 'database', name: first.parts.at(-1) ?? '' }, lead };
  const kind = dropped[object];
  if (kind === undefined) return undefined;
  // Names of extensions are compared, not parsed.
  const given = names.map((name) =>
    kind === 'relation' ? fullName(name) : kind === 'extension' ? (name.parts[0] ?? '') : name.normalized,
  );
  return { subject: { kind, names: given, how: 'object' }, lead };
}

function dropLead(cascade: boolean): string {
  return cascade ? 'Goes with it' : 'Depends on it (refused without CASCADE)';
}
