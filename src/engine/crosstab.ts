import type { CommandColumn } from '../commands/context.ts';
import { type Column, isRightAligned } from '../result/column.ts';
import { cellBytes, type RowBatch } from '../result/row-batch.ts';
import { unquoteIdentifier } from '../sql/slash-argument.ts';
import { decodeLossless } from '../text/lossless.ts';

// A table of the server has no more columns either (psql's CROSSTABVIEW_MAX_COLUMNS).
const maximumColumns = 1600;

export interface Crosstab {
  readonly columns: readonly CommandColumn[];
  readonly rows: readonly (readonly string[])[];
}

interface PivotedRows {
  readonly columns: readonly Column[];
  batches(): AsyncIterable<RowBatch>;
}

type Failure = { readonly error: string };

/** Which columns of the result play which part, from 0. */
interface Roles {
  readonly rows: number;
  readonly columns: number;
  readonly data: number;
  readonly order: number | undefined;
}

/** The distinct values of a heading, numbered as they came; null is one of them. */
class Heading {
  readonly names: (string | null)[] = [];
  readonly #index = new Map<string | null, number>();

  /** The number of the value, and whether it is new. */
  take(name: string | null): { readonly index: number; readonly isNew: boolean } {
    const known = this.#index.get(name);
    if (known !== undefined) return { index: known, isNew: false };
    const index = this.names.push(name) - 1;
    this.#index.set(name, index);
    return { index, isNew: true };
  }
}

/** \crosstabview's table: one column's values become rows, another's columns (psql's PrintResultInCrosstab). */
export async function makeCrosstab(
  result: PivotedRows,
  given: readonly (string | undefined)[],
  nullText: string,
): Promise<Crosstab | Failure> {
  const roles = findRoles(given, result.columns);
  if ('error' in roles) return roles;
  const down = new Heading();
  const across = new Heading();
  const orders: (string | null)[] = [];
  const cells: (string | undefined)[][] = [];
  let clash: Failure | undefined;
  for await (const batch of result.batches()) {
    for (let row = 0; row < batch.rowCount; row++) {
      const text = (column: number): string | null => textOf(cellBytes(batch, row, column));
      const column = across.take(text(roles.columns));
      if (column.isNew) orders.push(roles.order === undefined ? null : text(roles.order));
      if (across.names.length > maximumColumns) return { error: `maximum number of columns (${maximumColumns}) exceeded` };
      const line = down.take(text(roles.rows));
      if (line.isNew) cells.push([]);
      const values = cells[line.index] ?? [];
      if (values[column.index] === undefined) values[column.index] = text(roles.data) ?? nullText;
      else clash ??= clashAt(down.names[line.index], across.names[column.index], nullText);
    }
  }
  if (clash !== undefined) return clash;
  const sequence = roles.order === undefined ? across.names.map((_, index) => index) : ranked(across.names, orders);
  const align = alignOf(result.columns[roles.data]);
  const headings = sequence.map((index) => ({ name: across.names[index] ?? nullText, align }));
  return {
    columns: [{ name: result.columns[roles.rows]?.name ?? '', align: alignOf(result.columns[roles.rows]) }, ...headings],
    rows: down.names.map((name, line) => [name ?? nullText, ...sequence.map((index) => cells[line]?.[index] ?? '')]),
  };
}

function clashAt(row: string | null | undefined, column: string | null | undefined, nullText: string): Failure {
  return { error: `query result contains multiple data values for row "${row ?? nullText}", column "${column ?? nullText}"` };
}

function alignOf(column: Column | undefined): 'left' | 'right' {
  return column !== undefined && isRightAligned(column.typeOid) ? 'right' : 'left';
}

function textOf(bytes: Buffer | null): string | null {
  return bytes === null ? null : decodeLossless(bytes);
}

function findRoles(given: readonly (string | undefined)[], columns: readonly Column[]): Roles | Failure {
  if (columns.length < 3) return { error: 'query must return at least three columns' };
  const [rowsName, columnsName, dataName, orderName] = given;
  const rows = rowsName === undefined ? 0 : findColumn(rowsName, columns);
  if (typeof rows !== 'number') return rows;
  const across = columnsName === undefined ? 1 : findColumn(columnsName, columns);
  if (typeof across !== 'number') return across;
  if (rows === across) return { error: 'vertical and horizontal headers must be different columns' };
  if (dataName === undefined && columns.length !== 3) {
    return { error: 'data column must be specified when query returns more than three columns' };
  }
  const data = dataName === undefined ? [0, 1, 2].findIndex((index) => index !== rows && index !== across) : findColumn(dataName, columns);
  if (typeof data !== 'number') return data;
  const order = orderName === undefined ? undefined : findColumn(orderName, columns);
  return typeof order === 'object' ? order : { rows, columns: across, data, order };
}

/** A column by its number, from 1, or by its name. */
function findColumn(argument: string, columns: readonly Column[]): number | Failure {
  if (/^[0-9]+$/.test(argument)) {
    const number = integer(argument);
    if (number >= 1 && number <= columns.length) return number - 1;
    return { error: `column number ${number} is out of range 1..${columns.length}` };
  }
  const name = unquoteIdentifier(argument, true);
  const found = columns.findIndex((column) => column.name === name);
  if (found < 0) return { error: `column name not found: "${name}"` };
  const isAlone = !columns.some((column, index) => index > found && column.name === name);
  return isAlone ? found : { error: `ambiguous column name: "${name}"` };
}

/** The columns in the order of their numbers; what is no number counts as 0, equals go by their names' bytes. */
function ranked(names: readonly (string | null)[], orders: readonly (string | null)[]): readonly number[] {
  return names
    .map((name, index) => ({ index, name, rank: /^-?[0-9]*$/.test(orders[index] ?? '') ? integer(orders[index] ?? '') : 0 }))
    .sort((a, b) => a.rank - b.rank || compareNames(a.name, b.name))
    .map(({ index }) => index);
}

function compareNames(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** C's atoi on digits: 32 bits of what fits 64. */
function integer(digits: string): number {
  if (!/[0-9]/.test(digits)) return 0;
  const limit = 2n ** 63n;
  const exact = BigInt(digits);
  return Number(BigInt.asIntN(32, exact >= limit ? limit - 1n : exact < -limit ? -limit : exact));
}
