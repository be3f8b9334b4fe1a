import type { TargetFacts } from '../../catalog/rehearsal/target-facts.ts';
import type { DmlShape } from '../../sql/rehearsal/dml-shape.ts';
import { type ReturnedRows, returningStatement, snapshotQuery, snapshotRows } from '../../sql/rehearsal/returning-rows.ts';

/** How a statement is rehearsed so that its rows can be shown before and after. */
export interface RehearsalPlan {
  /** What is sent: the statement itself, or with RETURNING appended. */
  readonly sql: string;
  /** How the rows come back; undefined: as the statement's own, if it has any. */
  readonly rows: ReturnedRows | undefined;
  /** What is asked before it, where the server does not tell what the rows were: their key first, then the columns. */
  readonly snapshot: { readonly sql: string; readonly key: readonly string[] } | undefined;
  /** A sentence each: why there are no rows to show, or what they leave out. */
  readonly notes: readonly string[];
}

/** A result has at most this many columns. */
const mostColumns = 1664;

/** Where nothing is known or nothing fits, the statement runs as it is. `volatile`: functions of its WHERE and FROM that must not run twice. */
export function rehearsalPlan(
  sql: string,
  shape: DmlShape | undefined,
  facts: TargetFacts | undefined,
  version: number,
  volatile: readonly string[],
): RehearsalPlan {
  const asItIs = (...notes: readonly string[]): RehearsalPlan => ({ sql, rows: undefined, snapshot: undefined, notes });
  if (shape === undefined || facts === undefined) return asItIs();
  const why = refusal(shape, facts, version);
  if (why !== undefined) return asItIs(why);
  const shown = facts.columns.filter((column) => column.isReadable && !column.isVirtual).map(({ name }) => name);
  if (shown.length === 0) return asItIs(`None of the columns of ${facts.name} may be read: the count alone.`);
  const returning = returningStatement(sql, shape, shown, version);
  if (returning === undefined) return asItIs('Before PostgreSQL 17 MERGE returns no rows: the count alone.');
  const { hasBefore, hasAfter } = returning.rows;
  if (1 + shown.length * (Number(hasBefore) + Number(hasAfter)) > mostColumns)
    return asItIs(`${facts.name} has more columns than a result can hold twice: the count alone.`);
  const notes = leftOut(shape, facts, version);
  if (shape.command !== 'update' || hasBefore) return { ...returning, snapshot: undefined, notes };
  return snapshotPlan(sql, shape, facts, returning, shown, volatile, notes);
}

/** Why RETURNING would change what the statement does, or could. */
function refusal(shape: DmlShape, facts: TargetFacts, version: number): string | undefined {
  const { name, kind } = facts;
  if (shape.hasReturning) return 'It has a RETURNING of its own, which is left as it is: its rows are shown, not what they were before.';
  if (kind === 'v') return `${name} is a view: the count alone.`;
  if (kind === 'f') return `${name} is a foreign table: the count alone. What its server keeps after a rollback is not known here.`;
  if (facts.hasRules) return `${name} has rules that rewrite the statement: the count alone.`;
  if (facts.hasRowSecurity)
    return `Row-level security of ${name} is in force, and returning rows would bring in more of it: the count alone.`;
  if (shape.command === 'update' && version < 180_000) return snapshotRefusal(shape, facts);
  return undefined;
}

/** Before 18 the rows are looked up ahead, and known again by their key. */
function snapshotRefusal(shape: DmlShape, { name, columns }: TargetFacts): string | undefined {
  const key = columns.filter(({ isKey }) => isKey);
  if (key.length === 0) return `${name} has no primary key to know its rows by: the count alone.`;
  if (key.some((column) => shape.assigned.includes(column.name))) return `It changes the key of ${name}: the count alone.`;
  if (key.some(({ isReadable }) => !isReadable)) return `The key of ${name} may not be read: the count alone.`;
  if (shape.isAtCursor) return 'Which row a cursor stands at can be told by the statement itself only: the count alone.';
  if (shape.withWrites) return 'A query of its WITH writes, and must not run twice: the count alone.';
  return undefined;
}

function leftOut(shape: DmlShape, facts: TargetFacts, version: number): readonly string[] {
  const listed = (columns: TargetFacts['columns']) => columns.map(({ name }) => name).join(', ');
  const unreadable = facts.columns.filter((column) => !column.isReadable);
  const virtual = facts.columns.filter((column) => column.isReadable && column.isVirtual);
  return [
    ...(unreadable.length === 0 ? [] : [`Not shown, as they may not be read: ${listed(unreadable)}.`]),
    ...(virtual.length === 0 ? [] : [`Not shown, as they are computed when they are read: ${listed(virtual)}.`]),
    ...(version < 180_000 && (shape.isUpsert || shape.command === 'merge')
      ? ['Before PostgreSQL 18 the server does not tell what changed rows were: they are shown as they would be (*).']
      : []),
  ];
}

function snapshotPlan(
  sql: string,
  shape: DmlShape,
  facts: TargetFacts,
  returning: { readonly sql: string; readonly rows: ReturnedRows },
  shown: readonly string[],
  volatile: readonly string[],
  notes: readonly string[],
): RehearsalPlan {
  const snapshot = snapshotQuery(sql, shape, shown);
  if (snapshot === undefined || volatile.length > 0) {
    const why = `Which rows it changes depends on ${volatile.join(', ')}, which must not run twice: the count alone.`;
    return { sql, rows: undefined, snapshot: undefined, notes: [why] };
  }
  const key = facts.columns.filter(({ isKey }) => isKey).map(({ name }) => name);
  return {
    sql: returning.sql,
    rows: { columns: shown, hasBefore: true, hasAfter: true },
    snapshot: { sql: snapshot, key },
    notes: [
      ...notes,
      `Before PostgreSQL 18 the server does not tell what the rows were: the first ${snapshotRows.toLocaleString('en-US')} are compared.`,
    ],
  };
}
