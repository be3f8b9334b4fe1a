import type { PrintOptions } from '../print/print-options.ts';
import { applyPset } from '../print/pset.ts';
import { settingsTable, statusText } from '../print/pset-status.ts';
import type { CommandContext } from './context.ts';
import type { CommandOutcome, Invocation, MetaCommand } from './meta-command.ts';

/** The psql whose options there are: that of the server's major version, 15 at least. */
export function psetVersion(context: Pick<CommandContext, 'session'>): { readonly versionMajor: number } {
  return { versionMajor: Math.max(15, Math.floor((context.session?.versionNumber ?? 0) / 10000)) };
}

/** Sets a print option and says so, as \pset does. */
async function change(context: CommandContext, name: string, value: string | undefined): Promise<CommandOutcome> {
  const result = applyPset(context.print, name, value, psetVersion(context));
  if ('error' in result) {
    context.complain(result.error);
    return 'error';
  }
  context.setPrint(result.options);
  if (!context.isQuiet) await context.say(`${statusText(name, result.options) ?? ''}\n`);
  return 'done';
}

async function optional(invocation: Invocation, stripSemicolon = false): Promise<string | undefined> {
  return (await invocation.next('normal', { stripSemicolon }))?.value;
}

const formatToggle = (format: PrintOptions['format']) => (context: CommandContext) =>
  change(context, 'format', context.print.format === format ? 'aligned' : format);

const a: MetaCommand = {
  names: ['a'],
  group: 'Formatting',
  help: [['\\a', 'toggle between unaligned and aligned output mode']],
  run: (context) => change(context, 'format', context.print.format === 'aligned' ? 'unaligned' : 'aligned'),
};

const title: MetaCommand = {
  names: ['C'],
  group: 'Formatting',
  help: [['\\C [STRING]', 'set table title, or unset if none']],
  run: async (context, invocation) => change(context, 'title', await optional(invocation, true)),
};

const f: MetaCommand = {
  names: ['f'],
  group: 'Formatting',
  help: [['\\f [STRING]', 'show or set field separator for unaligned query output']],
  run: async (context, invocation) => change(context, 'fieldsep', await optional(invocation)),
};

const html: MetaCommand = {
  names: ['H', 'html'],
  group: 'Formatting',
  help: [['\\H', 'toggle HTML output mode (currently {html})']],
  run: formatToggle('html'),
};

const psetHelp = [
  '(border|columns|csv_fieldsep|expanded|fieldsep|',
  'fieldsep_zero|footer|format|linestyle|null|',
  'numericlocale|pager|pager_min_lines|recordsep|',
  'recordsep_zero|tableattr|title|tuples_only|',
  'unicode_border_linestyle|unicode_column_linestyle|',
  'unicode_header_linestyle)',
].map((line) => ['', line] as const);

const pset: MetaCommand = {
  names: ['pset'],
  group: 'Formatting',
  help: [['\\pset [NAME [VALUE]]', 'set table output option'], ...psetHelp],
  run: async (context, invocation) => {
    const name = await optional(invocation);
    if (name === undefined) {
      await context.say(settingsTable(context.print, psetVersion(context)));
      return 'done';
    }
    return change(context, name, await optional(invocation));
  },
};

const t: MetaCommand = {
  names: ['t'],
  group: 'Formatting',
  help: [['\\t [on|off]', 'show only rows (currently {tuplesOnly})']],
  run: async (context, invocation) => change(context, 'tuples_only', await optional(invocation, true)),
};

const tableAttributes: MetaCommand = {
  names: ['T'],
  group: 'Formatting',
  help: [['\\T [STRING]', 'set HTML <table> tag attributes, or unset if none']],
  run: async (context, invocation) => change(context, 'tableattr', await optional(invocation)),
};

const x: MetaCommand = {
  names: ['x'],
  group: 'Formatting',
  help: [['\\x [on|off|auto]', 'toggle expanded output (currently {expanded})']],
  run: async (context, invocation) => change(context, 'expanded', await optional(invocation, true)),
};

export const formatCommands: readonly MetaCommand[] = [a, title, f, html, pset, t, tableAttributes, x];
