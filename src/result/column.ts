import type { Untrusted } from '../text/untrusted.ts';

/** A field of a RowDescription (protocol, section "Message Formats"). Values always travel as text. */
export interface Column {
  readonly name: Untrusted;
  /** Object ID of the table the field comes from, 0 for an expression. */
  readonly tableOid: number;
  /** Attribute number in that table, 0 for an expression. */
  readonly attributeNumber: number;
  readonly typeOid: number;
  /** pg_type.typlen: negative for a variable width. */
  readonly typeSize: number;
  /** pg_attribute.atttypmod, -1 where the type has none. */
  readonly typeModifier: number;
}

// int8 int2 int4 oid xid cid float4 float8 money numeric pg_lsn xid8: the types psql aligns right (column_type_alignment).
const rightAligned = new Set([20, 21, 23, 26, 28, 29, 700, 701, 790, 1700, 5069]);

/** Whether psql aligns values of this type right. */
export function isRightAligned(typeOid: number): boolean {
  return rightAligned.has(typeOid);
}
