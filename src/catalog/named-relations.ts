import { quoteLiteral } from '../sql/quote.ts';

/** Asks the session of the user's what names mean there: the name, whether it is a temporary relation of that session, its full name. */
export function namedRelationsQuery(names: readonly string[]): string {
  const list = names.map((name) => quoteLiteral(name).trimStart()).join(', ');
  return `SELECT w.name, n.oid OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema(),
  pg_catalog.quote_ident(n.nspname) OPERATOR(pg_catalog.||) '.' OPERATOR(pg_catalog.||) pg_catalog.quote_ident(c.relname)
FROM pg_catalog.unnest(ARRAY[${list}]::pg_catalog.text[]) w (name)
JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(w.name)
JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace`;
}

export interface NamedRelation {
  readonly isTemporary: boolean;
  /** With its schema. */
  readonly fullName: string;
}

/** By the names that were asked for; what is no relation is not there. */
export function namedRelations(rows: readonly (readonly (string | null)[])[]): ReadonlyMap<string, NamedRelation> {
  return new Map(rows.map(([name, isTemporary, fullName]) => [name ?? '', { isTemporary: isTemporary === 't', fullName: fullName ?? '' }]));
}
