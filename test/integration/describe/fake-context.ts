import type { Client } from 'pg';
import type { CatalogRows, CommandContext } from '../../../src/commands/context.ts';
import { describeCommands, loList, z } from '../../../src/commands/describe/registry.ts';
import type { CommandOutcome, Invocation, MetaCommand } from '../../../src/commands/meta-command.ts';
import { defaultPrintOptions, type PrintOptions } from '../../../src/print/print-options.ts';
import { printTable } from '../../../src/print/registry.ts';
import { packRows } from '../../../src/result/row-batch.ts';
import type { Session } from '../../../src/server/session.ts';

/** What a command wrote and how it ended. */
export interface CommandRun {
  readonly outcome: CommandOutcome;
  readonly output: string;
  readonly complaints: string;
}

/** How a command's queries are answered: by a server, or by what one answered before. */
export type Answer = (sql: string) => Promise<CatalogRows | undefined>;

export interface Surroundings {
  readonly version: number;
  readonly database: string;
  readonly answer: Answer;
  readonly print?: Partial<PrintOptions>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly isQuiet?: boolean;
  /** Writes queries out as -E does. */
  readonly echoesQueries?: boolean;
}

/** Runs a line such as `\dt+ pattern`; arguments are split at blanks outside of double quotes. */
export async function runCommand(line: string, surroundings: Surroundings): Promise<CommandRun> {
  const [name = '', ...words] = line.slice(1).match(/(?:"[^"]*"|[^" ])+/g) ?? [];
  const command = commandNamed(name);
  let output = '';
  let complaints = '';
  const print = { ...defaultPrintOptions, ...surroundings.print };
  const context: Partial<CommandContext> = {
    session: { versionNumber: surroundings.version, info: { database: surroundings.database } } as Session,
    print,
    isQuiet: surroundings.isQuiet === true,
    signal: new AbortController().signal,
    variables: { get: (variable) => surroundings.variables?.[variable], set: () => true, unset: () => true, entries: () => [] },
    query: async (sql) => {
      if (surroundings.echoesQueries) output += `********* QUERY **********\n${sql}\n**************************\n\n`;
      return surroundings.answer(sql);
    },
    table: async (table) => {
      const rows = table.rows.map((row) => row.map((cell) => (cell === null ? null : Buffer.from(cell))));
      const batch = packRows(table.columns.length, rows);
      const printed = {
        columns: table.columns.map((column) => ({ name: column.name, align: column.align ?? ('left' as const) })),
        batches: (async function* () {
          yield batch;
        })(),
        ...(table.title === undefined ? {} : { title: table.title }),
        ...(table.footers === undefined ? {} : { footers: table.footers }),
      };
      for await (const part of printTable(printed, { ...print, ...table.options }, { terminalColumns: 0, isExact: true })) {
        output += part.toString();
      }
    },
    complain: (text) => {
      complaints += `${text}\n`;
    },
  };
  const outcome = await command.run(context as CommandContext, invocation(name, words));
  return { outcome, output, complaints };
}

/** The command that answers to a name: exactly, or as one of a family. */
function commandNamed(name: string): MetaCommand {
  const found = [...describeCommands, loList, z].find(({ names, family }) => names.includes(name) || family?.test(name));
  if (found === undefined) throw new Error(`no command answers to \\${name}`);
  return found;
}

function invocation(name: string, words: readonly string[]): Invocation {
  let next = 0;
  return {
    name,
    next: async () => {
      const value = words[next++];
      return value === undefined ? undefined : { value, quote: '' as const };
    },
  };
}

/** Answers by a server, cells as the text it sent. */
export function serverAnswer(client: Client, onQuery: (sql: string, rows: CatalogRows) => unknown = () => undefined): Answer {
  return async (sql) => {
    const found = await client.query({ text: sql, rowMode: 'array', types: { getTypeParser: () => (text: string) => text } });
    const rows = { columns: found.fields.map((field) => field.name), rows: found.rows };
    onQuery(sql, rows);
    return rows;
  };
}
