import type { CatalogOutcome, CatalogTable, CatalogWork, Rows } from '../../catalog/catalog-work.ts';
import { type CatalogList, runList } from '../../catalog/list.ts';
import type { ListRequest } from '../../catalog/list-request.ts';
import type { PrintOptions } from '../../print/print-options.ts';
import type { CommandContext, CommandTable } from '../context.ts';
import type { CommandOutcome, HelpGroup, Invocation, MetaCommand } from '../meta-command.ts';
import { parseBoolean } from '../parse-value.ts';

/** A describe command as an entry of the registry. */
export interface DescribeEntry {
  readonly names: readonly string[];
  readonly family?: RegExp;
  readonly help: MetaCommand['help'];
  readonly group?: HelpGroup;
  /** How many arguments it takes at most: 1 unless said otherwise. */
  readonly takes?: number;
  readonly describe: CatalogList | ((request: ListRequest) => CatalogWork<CatalogOutcome>);
}

/** Makes the command of an entry: scans the arguments, runs the description, shows what it yields. */
export function describeCommand({ describe, takes = 1, ...entry }: DescribeEntry): MetaCommand {
  return {
    names: entry.names,
    ...(entry.family === undefined ? {} : { family: entry.family }),
    help: entry.help,
    group: entry.group ?? 'Informational',
    run: async (context, invocation) => {
      const patterns = await scanPatterns(invocation, takes);
      const { session } = context;
      if (session === undefined) {
        context.complain('You are currently not connected to a database.');
        return 'error';
      }
      const request = listRequest(context, session.versionNumber, session.info.database, invocation.name, patterns);
      return runDescription(context, typeof describe === 'function' ? describe(request) : runList(describe, request), request);
    },
  };
}

async function scanPatterns(invocation: Invocation, most: number): Promise<readonly string[]> {
  const patterns: string[] = [];
  while (patterns.length < most) {
    const argument = await invocation.next('sql-id-pattern', { stripSemicolon: true });
    if (argument === undefined) break;
    patterns.push(argument.value);
  }
  return patterns;
}

function listRequest(
  context: CommandContext,
  version: number,
  database: string,
  letters: string,
  patterns: readonly string[],
): ListRequest {
  const isSet = (name: string) => parseBoolean(context.variables.get(name) ?? '') === true;
  return {
    version,
    database,
    patterns,
    letters,
    isVerbose: letters.includes('+'),
    showsSystem: letters.includes('S'),
    hidesAccessMethod: isSet('HIDE_TABLEAM'),
    hidesCompression: isSet('HIDE_TOAST_COMPRESSION'),
    isQuiet: context.isQuiet,
  };
}

/** Drives a description: its queries on the session, its tables to the output. */
async function runDescription(context: CommandContext, work: CatalogWork<CatalogOutcome>, request: ListRequest): Promise<CommandOutcome> {
  const nothing: Rows = { columns: [], rows: [] };
  let step = work.next();
  while (step.done !== true) {
    if (typeof step.value === 'string') {
      const found = await context.query(step.value);
      if (found === undefined) return 'error';
      step = work.next(found);
    } else {
      await context.table(commandTable(step.value, request));
      if (context.signal.aborted) return 'error';
      step = work.next(nothing);
    }
  }
  return conclude(context, step.value);
}

function conclude(context: CommandContext, outcome: CatalogOutcome): CommandOutcome {
  switch (outcome.type) {
    case 'done':
      return 'done';
    case 'nothing-found':
      if (!(context.isQuiet && outcome.fails)) context.complain(outcome.text);
      return outcome.fails ? 'error' : 'done';
    case 'failed':
      context.complain(outcome.text);
      return 'error';
  }
}

function commandTable(table: CatalogTable, { letters }: ListRequest): CommandTable {
  const options: Partial<PrintOptions> = {
    // psql's default_footer: no row count below what has footers of its own, or none on purpose.
    ...(table.footers === undefined ? {} : { footer: false }),
    ...(table.countsRows === true ? { footer: true } : {}),
    ...(table.hidesNull === true ? { null: '' } : {}),
    // psql 18's x, which may not come first: \dx is a command of its own.
    ...(letters.slice(letters.startsWith('d') ? 2 : 1).includes('x') ? { expanded: 'on' as const } : {}),
    ...(table.neverExpanded === true ? { expanded: 'off' as const } : {}),
  };
  const { title, columns, rows, isSection = false } = table;
  return { title, columns, rows, isSection, options, ...(table.footers === undefined ? {} : { footers: table.footers }) };
}
