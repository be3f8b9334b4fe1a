import type { SendMode } from '../commands/control-context.ts';
import type { StatementRequest } from '../server/session.ts';
import { quoteSlashArgument } from '../sql/quote.ts';

/** What a statement is as a request, sent the way \bind and its kin have asked for. */
export function requestOf(sql: string, { bind, prepared, prepare, close }: SendMode): StatementRequest {
  return {
    sql,
    ...(bind === undefined ? {} : { parameters: bind }),
    ...(prepared === undefined ? {} : { prepared }),
    ...(prepare === undefined ? {} : { prepare }),
    ...(close === undefined ? {} : { close }),
  };
}

/** What was asked for, to be read: the text of a prepared statement is not known here. */
export function shownText({ sql, prepared }: StatementRequest): string {
  return prepared === undefined ? sql : `\\bind_named ${prepared}`;
}

/** What has the statement sent in the same way again. */
export function inputOf({ sql, parameters, prepared }: StatementRequest): { readonly input?: string } {
  if (parameters === undefined) return {};
  const values = parameters.map((value) => ` ${quoteSlashArgument(value ?? '')}`).join('');
  if (prepared === undefined) return { input: `${sql} \\bind${values} \\g` };
  return { input: `\\bind_named ${quoteSlashArgument(prepared)}${values} \\g` };
}
