import { quoteIdentifier } from '../quote.ts';
import type { DmlShape, Span } from './dml-shape.ts';

/**
 * How the rows come back: first the action (INSERT, UPDATE, DELETE, or WRITE where only the row as it is now is known), then the columns
 * before, then the columns after, each part only where it is there.
 */
export interface ReturnedRows {
  readonly columns: readonly string[];
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
}

/** A statement that returns its rows, and does nothing else than the one it was made from. */
export interface ReturningStatement {
  readonly sql: string;
  readonly rows: ReturnedRows;
}

/** Servers tell a row's values before and after from 18 on (RETURNING WITH (OLD AS …, NEW AS …)). */
const tellsBoth = 180_000;
/** MERGE returns rows from 17 on. */
const mergeReturns = 170_000;

/**
 * The statement with RETURNING for these columns of its target appended; undefined where the server has no such form. Of an UPDATE before 18
 * the rows after it are told alone.
 */
export function returningStatement(
  sql: string,
  shape: DmlShape,
  columns: readonly string[],
  version: number,
): ReturningStatement | undefined {
  if (shape.hasReturning || columns.length === 0) return undefined;
  if (shape.command === 'merge' && version < mergeReturns) return undefined;
  const isChange = shape.command === 'update' || shape.command === 'merge' || shape.isUpsert;
  const append = (list: string) => `${sql.slice(0, shape.end)} RETURNING ${list}${sql.slice(shape.end)}`;
  if (isChange && version >= tellsBoth) {
    const [before, after] = freeNames(sql);
    const list = [actionOf(shape, before), ...qualified(columns, before), ...qualified(columns, after)].join(', ');
    return { sql: append(`WITH (OLD AS ${before}, NEW AS ${after}) ${list}`), rows: { columns, hasBefore: true, hasAfter: true } };
  }
  const isDelete = shape.command === 'delete';
  const list = [actionOf(shape, undefined), ...qualified(columns, shape.qualifier)].join(', ');
  return { sql: append(list), rows: { columns, hasBefore: isDelete, hasAfter: !isDelete } };
}

function actionOf(shape: DmlShape, before: string | undefined): string {
  if (shape.command === 'merge') return 'merge_action()';
  if (!shape.isUpsert) return `'${shape.command.toUpperCase()}'`;
  // As a constant NULL it is a test for NULL, no operator: of a row that was not there, not of one whose values are all NULL.
  return before === undefined ? `'WRITE'` : `CASE WHEN ${before} IS NOT DISTINCT FROM NULL THEN 'INSERT' ELSE 'UPDATE' END`;
}

function qualified(columns: readonly string[], name: string): readonly string[] {
  return columns.map((column) => `${name}.${quoteIdentifier(column)}`);
}

/** Two names that the statement does not use for anything. */
function freeNames(sql: string): readonly [string, string] {
  const folded = sql.toLowerCase();
  let suffix = '';
  for (let number = 2; folded.includes(`howdah_before${suffix}`) || folded.includes(`howdah_after${suffix}`); number++)
    suffix = `_${number}`;
  return [`howdah_before${suffix}`, `howdah_after${suffix}`];
}

/** Rows looked at before an UPDATE, where the server does not tell what they were. */
export const snapshotRows = 1000;

/**
 * The rows that an UPDATE is about to change, as they are before it: its key and these columns. They are locked, which the UPDATE does
 * anyhow, so that nobody changes them in between. Undefined where they cannot be found without running a part that writes.
 */
export function snapshotQuery(sql: string, shape: DmlShape, columns: readonly string[]): string | undefined {
  if (shape.command !== 'update' || shape.isAtCursor || shape.withWrites) return undefined;
  const text = ({ start, end }: Span) => sql.slice(start, end);
  const from = shape.from === undefined ? '' : `, ${text(shape.from)}`;
  return [
    ...(shape.with === undefined ? [] : [text(shape.with)]),
    `SELECT ${qualified(columns, shape.qualifier).join(', ')}`,
    `FROM ${text(shape.relation)}${from}`,
    ...(shape.where === undefined ? [] : [`WHERE ${text(shape.where)}`]),
    `LIMIT ${snapshotRows} FOR UPDATE OF ${shape.qualifier}`,
  ].join('\n');
}
