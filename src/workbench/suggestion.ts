import type { CompletionCatalog } from '../catalog/completion-snapshot.ts';
import { nameParts, writtenName } from '../complete/identifier.ts';
import type { ServerError } from '../result/server-error.ts';
import { nearest } from './nearest.ts';

/** Other words for a part of a statement: an offer, never made unasked. Offsets in UTF-16 units. */
export interface Suggestion {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** SQLSTATEs whose errors name something that is not there. */
const codes = { relation: '42P01', column: '42703', function: '42883', type: '42704', schema: '3F000' } as const;
const catalogCodes: ReadonlySet<string> = new Set([codes.relation, codes.function, codes.type, codes.schema]);

/** Whether the names of the database may help with this error. */
export function wantsNames(error: ServerError): boolean {
  return catalogCodes.has(error.code) && hinted(error) === undefined;
}

/** What was probably meant at `at`, from the server's hint, else from the names there are. */
export function suggestionFor(error: ServerError, sql: string, at: number, catalog: CompletionCatalog): Suggestion | undefined {
  const written = /^(?:"(?:[^"]|"")*"|[\p{L}\p{N}_$.])+/u.exec(sql.slice(at))?.[0];
  if (written === undefined) return undefined;
  const parts = nameParts(written);
  const hint = hinted(error);
  const meant = hint === undefined ? fromCatalog(error.code, parts, catalog) : nameParts(hint);
  if (meant === undefined) return undefined;
  const text = error.code === codes.column ? columnText(parts, meant) : meant.map((part) => writtenName(part.name, undefined)).join('.');
  // The table before the dot is what the server does not know; the column stays.
  const isTableOnly = error.code === codes.relation && hint !== undefined;
  const to = at + (isTableOnly ? (parts[0]?.typed.length ?? 0) : written.length);
  return text === sql.slice(at, to) ? undefined : { from: at, to, text };
}

type Parts = ReturnType<typeof nameParts>;

/** The name in `Perhaps you meant to reference the column "u.email"`, the first one where there are several. */
function hinted({ hint }: ServerError): string | undefined {
  const name = /^Perhaps you meant [^"]*"((?:[^"]|"")*)"/.exec(hint ?? '')?.[1];
  // The hint quotes the whole name once, whatever is in it.
  return name
    ?.split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');
}

/** As it was written: with its table only where a table stood before it. */
function columnText(written: Parts, meant: Parts): string {
  const column = writtenName(meant.at(-1)?.name ?? '', undefined);
  return [...written.slice(0, -1).map((part) => part.typed), column].join('.');
}

function fromCatalog(code: string, parts: Parts, catalog: CompletionCatalog): Parts | undefined {
  const name = parts.at(-1)?.name ?? '';
  const schema = parts.length > 1 ? parts.at(-2)?.name : undefined;
  const names = namesOf(code, catalog);
  const inReach = names.filter((one) => (schema === undefined ? one.isVisible && one.schema !== 'pg_catalog' : one.schema === schema));
  const near = nearest(name, [...new Set(inReach.map((one) => one.name))]);
  if (near !== undefined && near !== name) return [...parts.slice(0, -1), { name: near, isQuoted: false, typed: near }];
  if (schema !== undefined || near === name) return undefined;
  // The name is right, its schema is not on the path.
  const elsewhere = names.find((one) => one.name === name && !one.isVisible);
  if (elsewhere !== undefined) return [elsewhere.schema, name].map((part) => ({ name: part, isQuoted: false, typed: part }));
  const builtIn = nearest(name, [...new Set(names.filter((one) => one.schema === 'pg_catalog').map((one) => one.name))]);
  return builtIn === undefined || builtIn === name ? undefined : [{ name: builtIn, isQuoted: false, typed: builtIn }];
}

function namesOf(code: string, catalog: CompletionCatalog) {
  switch (code) {
    case codes.relation:
      return catalog.relations.filter((relation) => 'rvmpfS'.includes(relation.kind));
    case codes.function:
      return catalog.functions;
    case codes.type:
      return catalog.types;
    default:
      return [];
  }
}
