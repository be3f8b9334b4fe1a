import type { Assessment } from './assess.ts';
import { isPutTogether } from './dynamic-text.ts';
import type { Effect } from './effect.ts';
import { type GuardEnvironment, isUndone } from './guard-rule.ts';
import type { ObjectName } from './token-reader.ts';

export interface GuardPolicy {
  readonly environment: GuardEnvironment;
  /** A transaction is open that takes back what a rollback can: see guard-rule.ts. */
  readonly isTakenBack?: boolean;
  /** Whether an object is this session's own, a temporary table or made in the open transaction: nobody else loses anything by it. */
  readonly isOwn?: IsOwn;
}

/** `object`: the kind that the text names, such as 'materialized view'; 'table' where it says none. */
export type IsOwn = (name: ObjectName, object: string) => boolean;

export interface GuardQuestion {
  /** One sentence: what would be lost. */
  readonly why: string;
  /** 'type-name': the user proves to mean it by typing `name`. */
  readonly severity: 'ask' | 'type-name';
  readonly name?: string;
  /** What would be lost, or would lose something. */
  readonly names: readonly ObjectName[];
  readonly effect: Effect;
}

/** What to ask before a text runs; undefined where nothing in it can lose anything that its text does not narrow down. */
export function guardQuestion(assessment: Assessment, policy: GuardPolicy): GuardQuestion | undefined {
  const temporary = temporaryNames(assessment);
  const isOwn: IsOwn = (name, object) =>
    name.parts[0]?.startsWith('pg_temp') === true || temporary.has(name.normalized) || policy.isOwn?.(name, object) === true;
  const questions = assessment.effects.flatMap((effect) => {
    if (policy.isTakenBack === true && isUndone(effect)) return [];
    const risk = riskOf(effect, policy.environment === 'production', isOwn);
    return risk === undefined ? [] : [asQuestion(risk, effect, policy)];
  });
  const [first] = questions.toSorted((a, b) => rank(b) - rank(a));
  if (first === undefined || questions.length === 1) return first;
  const others = questions.length - 1;
  return { ...first, why: `${first.why} ${others} more ${others === 1 ? 'part' : 'parts'} of this text would be asked about too.` };
}

function rank(question: GuardQuestion): number {
  return question.severity === 'type-name' ? 1 : 0;
}

/** Tables the text itself creates as temporary ones. */
function temporaryNames(assessment: Assessment): ReadonlySet<string> {
  const created = assessment.effects.flatMap((effect) =>
    effect.kind === 'create' && effect.isTemporary ? [effect.target?.normalized ?? ''] : [],
  );
  return new Set(created);
}

interface Risk {
  readonly why: string;
  /** What is lost has these names, to be typed on production. */
  readonly names?: readonly ObjectName[];
  /** Nothing to be typed, but this is what it is about. */
  readonly about?: readonly ObjectName[];
}

function asQuestion(risk: Risk, effect: Effect, policy: GuardPolicy): GuardQuestion {
  const why = `${placed(effect)}${risk.why}`;
  const names = risk.names ?? [];
  // A name that is put together at run time cannot be typed.
  const isTypeable = names.length > 0 && !names.some(isPutTogether);
  const about = { why, names: risk.names ?? risk.about ?? [], effect };
  if (policy.environment !== 'production' || !isTypeable) return { ...about, severity: 'ask' };
  return { ...about, severity: 'type-name', name: names.map((name) => name.normalized).join(', ') };
}

const places: Readonly<Record<string, string>> = {
  cte: 'inside WITH',
  'explain-analyze': 'run by EXPLAIN ANALYZE',
  do: 'inside DO',
  execute: 'run by EXECUTE',
  copy: 'inside COPY',
};

function placed(effect: Effect): string {
  const via = effect.via.at(-1);
  if (via === undefined) return '';
  const place = places[via] ?? `inside ${via}`;
  return `${place[0]?.toUpperCase()}${place.slice(1)}: `;
}

function riskOf(effect: Effect, isProduction: boolean, isOwn: IsOwn): Risk | undefined {
  switch (effect.kind) {
    case 'update':
    case 'delete':
      return unfilteredRisk(effect, isOwn);
    case 'merge':
      return mergeRisk(effect, isOwn);
    case 'drop':
      return dropRisk(effect, isOwn);
    case 'truncate': {
      const names = effect.names.filter((name) => !isOwn(name, 'table'));
      if (names.length === 0 && effect.names.length > 0) return undefined;
      const cascade = effect.cascade ? ', and every table that refers to it' : '';
      return { why: `TRUNCATE empties ${listed(names)}${cascade}.`, names };
    }
    case 'alter-drop':
      return alterDropRisk(effect, isOwn);
    case 'grant':
      return effect.toPublic ? { why: `GRANT ${effect.what} TO PUBLIC lets every role of the server do it.` } : undefined;
    case 'copy':
      return copyRisk(effect, isProduction);
    case 'alter-system':
      return isProduction ? { why: `ALTER SYSTEM changes ${effect.name} for the whole server.` } : undefined;
    case 'function':
      return isProduction && effect.does.asks ? { why: `This calls ${effect.target.normalized}, which ${effect.does.does}.` } : undefined;
    case 'do':
      return isProduction && !effect.isKnown ? { why: 'This DO block runs what its text does not show.' } : undefined;
    case 'call':
      return isProduction && !effect.isKnown
        ? { why: `CALL runs ${effect.target?.normalized ?? 'a procedure'}, which may write and commit.` }
        : undefined;
    case 'routine':
      return isProduction ? { why: `This calls ${effect.target.normalized}, and what that runs cannot be told from here.` } : undefined;
    case 'unread':
      return { why: 'This statement is nested too deep to be read here: what it would change is not known.' };
    case 'execute':
      return isProduction && !effect.isKnown
        ? { why: `EXECUTE runs ${effect.name}, a prepared statement whose text is not known here.` }
        : undefined;
    case 'insert':
    case 'alter':
    case 'create':
    case 'define':
    case 'revoke':
    case 'prepare':
    case 'lock-rows':
    case 'lock-table':
    case 'refresh':
    case 'maintenance':
    case 'transaction':
    case 'setting':
    case 'session':
    case 'unknown':
      return undefined;
  }
}

function unfilteredRisk(effect: Extract<Effect, { kind: 'update' | 'delete' }>, isOwn: IsOwn): Risk | undefined {
  const { target } = effect;
  if (effect.filter === 'some' || (target !== undefined && isOwn(target, 'table'))) return undefined;
  const verb = effect.kind.toUpperCase();
  const does = `${effect.kind}s every row of ${target?.normalized ?? 'the table'}.`;
  const why = effect.filter === 'none' ? `${verb} without WHERE ${does}` : `The WHERE of this ${verb} is always true: it ${does}`;
  return { why, names: target === undefined ? [] : [target] };
}

function mergeRisk(effect: Extract<Effect, { kind: 'merge' }>, isOwn: IsOwn): Risk | undefined {
  const { target } = effect;
  if (target !== undefined && isOwn(target, 'table')) return undefined;
  const table = target?.normalized ?? 'the table';
  const names = target === undefined ? [] : [target];
  if (effect.unmatched !== 'kept')
    return { why: `MERGE … NOT MATCHED BY SOURCE: every row of ${table} that the source lacks is ${effect.unmatched}.`, names };
  if (effect.filter === 'always-true') return { why: `The ON of this MERGE is always true: it matches every row of ${table}.`, names };
  return undefined;
}

function dropRisk(effect: Extract<Effect, { kind: 'drop' }>, isOwn: IsOwn): Risk | undefined {
  const names = effect.names.filter((name) => !isOwn(name, effect.object));
  if (names.length === 0 && effect.names.length > 0) return undefined;
  if (effect.object === 'owned by')
    return {
      why: `DROP OWNED drops everything in this database that ${listed(names)} owns, and takes back what was granted to it.`,
      names,
    };
  const cascade = effect.cascade ? ', and all that depends on it' : '';
  return { why: `DROP removes the ${effect.object || 'object'} ${listed(names)}${cascade}.`, names };
}

/** Parts that hold nothing which typing them again would not bring back. */
const harmlessParts = new Set(['default', 'not null']);

function alterDropRisk(effect: Extract<Effect, { kind: 'alter-drop' }>, isOwn: IsOwn): Risk | undefined {
  const { target, name, part } = effect;
  if (harmlessParts.has(part) || (target !== undefined && isOwn(target, effect.object))) return undefined;
  const from = target === undefined ? '' : ` of ${effect.object} ${target.normalized}`;
  const cascade = effect.cascade ? ', and all that depends on it' : '';
  const isData = part === 'column' || part === 'attribute';
  const why = `ALTER … DROP removes the ${part} ${name?.normalized ?? ''}${from}${isData ? ' with all its values' : ''}${cascade}.`;
  return { why: why.replace('  ', ' '), names: isData && name !== undefined ? [name] : [] };
}

function copyRisk(effect: Extract<Effect, { kind: 'copy' }>, isProduction: boolean): Risk | undefined {
  switch (effect.direction) {
    case 'to-program':
    case 'from-program':
      return { why: `COPY runs a program on the server, as the server's own user: ${effect.argument ?? ''}` };
    case 'to-file':
      return isProduction ? { why: `COPY overwrites the file ${effect.argument ?? ''} on the server.` } : undefined;
    case 'to-stdout':
    case 'from-stdin':
    case 'from-file':
      return undefined;
  }
}

function listed(names: readonly ObjectName[]): string {
  return names.map((name) => name.normalized).join(', ');
}
