import { formatIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { ControlContext } from './control-context.ts';

/** What \sf and \ef, \sv and \ev work on. */
export type Definable = 'function' | 'view';

/** The statement that makes a function or a view, newline at the end. undefined: there is none, and why was said. */
export async function findDefinition(context: ControlContext, kind: Definable, description: string): Promise<string | undefined> {
  const type = kind === 'view' ? 'regclass' : description.includes('(') ? 'regprocedure' : 'regproc';
  const found = await context.lookUp(`SELECT ${quoteLiteral(description).trimStart()}::pg_catalog.${type}::pg_catalog.oid`);
  const oid = found?.rows[0]?.[0];
  if (oid === undefined || oid === null) return undefined;
  const text = kind === 'view' ? await viewDefinition(context, oid) : await functionDefinition(context, oid);
  return text === undefined || text.endsWith('\n') ? text : `${text}\n`;
}

async function functionDefinition(context: ControlContext, oid: string): Promise<string | undefined> {
  const found = await context.lookUp(`SELECT pg_catalog.pg_get_functiondef(${oid})`);
  return found?.rows[0]?.[0] ?? undefined;
}

async function viewDefinition(context: ControlContext, oid: string): Promise<string | undefined> {
  const found = await context.lookUp(
    'SELECT nspname, relname, relkind, pg_catalog.pg_get_viewdef(c.oid, true), ' +
      "pg_catalog.array_remove(pg_catalog.array_remove(c.reloptions,'check_option=local'),'check_option=cascaded') AS reloptions, " +
      "CASE WHEN 'check_option=local' = ANY (c.reloptions) THEN 'LOCAL'::text " +
      "WHEN 'check_option=cascaded' = ANY (c.reloptions) THEN 'CASCADED'::text ELSE NULL END AS checkoption " +
      `FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON c.relnamespace = n.oid WHERE c.oid = ${oid}`,
  );
  const row = found?.rows[0];
  if (row === undefined) return undefined;
  const [schema, name, kind, query, options, check] = row.map((value) => value ?? '');
  if (kind !== 'v') {
    context.complain(`"${schema}.${name}" is not a view`);
    return undefined;
  }
  const head = `CREATE OR REPLACE VIEW ${formatIdentifier(schema ?? '')}.${formatIdentifier(name ?? '')}`;
  const settings = arrayElements(options ?? '');
  const withOptions = settings.length === 0 ? '' : `\n WITH (${settings.map(relationOption).join(', ')})`;
  const withCheck = check === '' ? '' : `\n WITH ${check} CHECK OPTION`;
  return `${head}${withOptions} AS\n${(query ?? '').replace(/;$/, '')}${withCheck}`;
}

/** The elements of a text array in the server's notation: `{a=b,"c=d e"}`. */
function arrayElements(text: string): string[] {
  const elements = text.slice(1, -1).match(/"(?:[^"\\]|\\.)*"|[^,]+/gs) ?? [];
  return elements.map((element) => (element.startsWith('"') ? element.slice(1, -1).replace(/\\(.)/gs, '$1') : element));
}

function relationOption(option: string): string {
  const equals = option.indexOf('=');
  const name = equals < 0 ? option : option.slice(0, equals);
  const value = equals < 0 ? '' : option.slice(equals + 1);
  return `${formatIdentifier(name)}=${formatIdentifier(value) === value ? value : `'${value.replaceAll("'", "''")}'`}`;
}

/** A function's body begins at one of these; lines count from there. */
export function isBodyStart(line: string): boolean {
  return /^(?:AS|BEGIN|RETURN) /.test(line);
}

/** `\sf+` and `\sv+`: lines with their numbers, a function's counted from its body. */
export function withLineNumbers(text: string, kind: Definable): string {
  let number = kind === 'function' ? undefined : 0;
  const lines = text.replace(/\n$/, '').split('\n');
  return lines
    .map((line) => {
      if (number === undefined && isBodyStart(line)) number = 0;
      if (number === undefined) return `        ${line}\n`;
      number++;
      return `${String(number).padEnd(7)} ${line}\n`;
    })
    .join('');
}
