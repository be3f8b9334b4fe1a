import { type LossRequest, lossRequest } from '../catalog/loss-subject.ts';
import { type NamedRelation, namedRelations, namedRelationsQuery } from '../catalog/named-relations.ts';
import { planQuery, rowsChanged } from '../catalog/row-estimate.ts';
import type { AsideQuery } from '../engine/aside.ts';
import { assessWithRoutines } from '../engine/routine-lookup.ts';
import type { Assessment, KnownFacts } from '../sql/guard/assess.ts';
import { isRelation } from '../sql/guard/created-objects.ts';
import { isPutTogether } from '../sql/guard/dynamic-text.ts';
import { estimatedStatements } from '../sql/guard/estimated-statements.ts';
import { type GuardQuestion, guardQuestion, type IsOwn } from '../sql/guard/guard-question.ts';
import { type GuardScene, isTakenBack, isUndone } from '../sql/guard/guard-rule.ts';
import { isLargeData } from '../sql/guard/large-data.ts';
import type { ObjectName } from '../sql/guard/token-reader.ts';
import { groupDigits } from './result-rule.ts';

/** A statement that is about to be sent, and all that decides whether to ask about it. */
export interface GuardCase {
  readonly sql: string;
  readonly hasParameters: boolean;
  readonly scene: GuardScene;
  readonly facts: KnownFacts;
  /** Of the server, as 150018. */
  readonly version: number;
  /** See RoutinePlace. */
  readonly builtIn: Set<string>;
  /** Whether the open transaction has made it. */
  readonly isCreated: IsOwn;
  /** Rows from which on a statement is asked about on production. */
  readonly rowLimit: number;
  /** See RoutinePlace. */
  readonly besides?: AsideQuery;
  /** Asks the session of the user's: see aside.ts. */
  aside<Result>(work: (query: AsideQuery) => Promise<Result>): Promise<Result | undefined>;
}

export interface GuardAsk {
  /** One sentence: what would be lost. */
  readonly why: string;
  /** To be typed. */
  readonly name?: string;
  readonly request?: LossRequest;
  /** A rollback takes it back. */
  readonly isUndone: boolean;
}

/** What to ask before the statement is sent; undefined: nothing. */
export async function decideGuard(guarded: GuardCase): Promise<GuardAsk | undefined> {
  if (isLargeData(guarded.sql)) return undefined;
  const assessment = await assessWithRoutines(guarded.sql, guarded.facts, guarded);
  const asked = new Map<string, ObjectName>();
  const question = questionOf(guarded, assessment, (name) => {
    asked.set(name.normalized, name);
    return false;
  });
  if (question === undefined) return guarded.scene.environment === 'production' ? await estimate(guarded) : undefined;
  // Only where there is something to ask about is the session asked what the names mean there.
  const relations = asked.size === 0 ? undefined : await guarded.aside((query) => relationsOf(query, [...asked.values()]));
  const ifExists = dropsIfExists(assessment);
  const left = questionOf(guarded, assessment, (name) => {
    const relation = relations?.get(name.normalized);
    return relation === undefined ? relations !== undefined && ifExists : relation.isTemporary;
  });
  return left === undefined ? undefined : askOf(left, relations);
}

/** DROP IF EXISTS of relations, and nothing before it that could make them: what is not there now is not lost. */
function dropsIfExists({ effects }: Assessment): boolean {
  const [effect, ...others] = effects;
  return others.length === 0 && effect?.kind === 'drop' && effect.ifExists && isRelation(effect.object);
}

function questionOf(guarded: GuardCase, assessment: Assessment, isTemporary: (name: ObjectName) => boolean): GuardQuestion | undefined {
  const { scene, isCreated } = guarded;
  return guardQuestion(assessment, {
    environment: scene.environment,
    isTakenBack: isTakenBack(assessment, scene),
    isOwn: (name, object) => isCreated(name, object) || isTemporary(name),
  });
}

function askOf({ why, name, names, effect }: GuardQuestion, relations: ReadonlyMap<string, NamedRelation> | undefined): GuardAsk {
  const request = names.some(isPutTogether)
    ? undefined
    : lossRequest(effect, (given) => relations?.get(given.normalized)?.fullName ?? given.normalized);
  return { why, isUndone: isUndone(effect), ...(name === undefined ? {} : { name }), ...(request === undefined ? {} : { request }) };
}

async function relationsOf(query: AsideQuery, names: readonly ObjectName[]): Promise<ReadonlyMap<string, NamedRelation> | undefined> {
  const rows = await query(namedRelationsQuery(names.map((name) => name.normalized)));
  return rows === undefined ? undefined : namedRelations(rows);
}

/** Whether the planner expects a statement to change very many rows. A text it cannot explain shows its own error when it runs. */
async function estimate(guarded: GuardCase): Promise<GuardAsk | undefined> {
  const { sql, facts, isCreated, rowLimit } = guarded;
  if (guarded.hasParameters) return undefined;
  const statements = estimatedStatements(sql, facts);
  if (statements.length === 0) return undefined;
  return await guarded.aside(async (query) => {
    for (const statement of statements) {
      const plan = await query(planQuery(statement.sql), 'user-text');
      const rows = plan && rowsChanged(plan.map(([line]) => line ?? '').join('\n'));
      if (rows === undefined || rows < rowLimit) continue;
      const relations = await relationsOf(query, statement.targets);
      const isOwn = (target: ObjectName): boolean => relations?.get(target.normalized)?.isTemporary === true || isCreated(target, 'table');
      const targets = statement.targets.filter((target) => !isOwn(target));
      if (targets.length > 0) return estimateAsk(targets, rows, rowLimit, relations);
    }
    return undefined;
  });
}

function estimateAsk(
  targets: readonly ObjectName[],
  rows: number,
  limit: number,
  relations: ReadonlyMap<string, NamedRelation> | undefined,
): GuardAsk {
  const [...names] = new Set(targets.map((target) => target.normalized));
  const expected = `about ${groupDigits(rows)} rows of ${names.join(', ')}`;
  return {
    why: `The planner expects this to change ${expected}, which is ${groupDigits(limit)} (HOWDAH_GUARD_ROWS) or more.`,
    name: names.join(', '),
    isUndone: true,
    request: {
      subject: { kind: 'relation', names: names.map((name) => relations?.get(name)?.fullName ?? name), how: 'rows' },
      lead: '',
    },
  };
}
