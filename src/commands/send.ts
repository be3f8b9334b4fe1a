import type { PrintOptions } from '../print/print-options.ts';
import { applyPset } from '../print/pset.ts';
import type { ControlContext, SendMode } from './control-context.ts';
import { psetVersion } from './format-commands.ts';
import type { CommandOutcome, Invocation, MetaCommand } from './meta-command.ts';
import { refusedInPipeline } from './pipelines.ts';

/** Sends the buffer, or with an empty one what was sent before it. */
function send(context: ControlContext, mode: SendMode): CommandOutcome {
  context.sendAs(mode);
  return 'send';
}

/** `(option=value …)` of \g and \gx, up to the closing parenthesis. undefined: wrong, and said so. */
async function gOptions(context: ControlContext, invocation: Invocation, first: string): Promise<Partial<PrintOptions> | undefined> {
  let options = context.print;
  let isBad = false;
  // The parenthesis may touch the first option, stand alone, and the last one may touch its end.
  for (let word: string | undefined = first.slice(1); word !== undefined; word = (await invocation.next())?.value) {
    const isLast = word.endsWith(')');
    const text = isLast ? word.slice(0, -1) : word;
    if (text !== '') {
      const equals = text.indexOf('=');
      const name = equals < 0 ? text : text.slice(0, equals);
      const result = applyPset(options, name, equals < 0 ? undefined : text.slice(equals + 1), psetVersion(context));
      if ('options' in result) options = result.options;
      else {
        context.complain(result.error);
        isBad = true;
      }
    }
    if (isLast) return isBad ? undefined : options;
  }
  context.complain(`\\${invocation.name}: missing right parenthesis`);
  return undefined;
}

async function runG(context: ControlContext, invocation: Invocation): Promise<CommandOutcome> {
  let argument = await invocation.next('file-or-pipe');
  let print: Partial<PrintOptions> | undefined;
  if (argument?.value.startsWith('(')) {
    print = await gOptions(context, invocation, argument.value);
    if (print === undefined) return 'error';
    argument = await invocation.next('file-or-pipe');
  }
  const refusal = refusedInPipeline(context, invocation);
  if (refusal !== undefined) return refusal;
  if (invocation.name === 'gx') print = { ...print, expanded: 'on' };
  const target = argument?.value;
  return send(context, { ...(target === undefined ? {} : { target }), ...(print === undefined ? {} : { print }) });
}

const g: MetaCommand<ControlContext> = {
  names: ['g'],
  group: 'General',
  help: [
    ['\\g [(OPTIONS)] [FILE]', 'execute query (and send result to file or |pipe);'],
    ['', '\\g with no arguments is equivalent to a semicolon'],
  ],
  skips: 'file-or-pipe',
  run: runG,
};

const gx: MetaCommand<ControlContext> = {
  names: ['gx'],
  group: 'General',
  help: [['\\gx [(OPTIONS)] [FILE]', 'as \\g, but forces expanded output mode']],
  skips: 'file-or-pipe',
  run: runG,
};

const gdesc: MetaCommand<ControlContext> = {
  names: ['gdesc'],
  group: 'General',
  help: [['\\gdesc', 'describe result of query, without executing it']],
  run: async (context) => send(context, { gdesc: true }),
};

const gexec: MetaCommand<ControlContext> = {
  names: ['gexec'],
  group: 'General',
  help: [['\\gexec', 'execute query, then execute each value in its result']],
  run: async (context, invocation) => refusedInPipeline(context, invocation) ?? send(context, { gexec: true }),
};

const gset: MetaCommand<ControlContext> = {
  names: ['gset'],
  group: 'General',
  help: [['\\gset [PREFIX]', 'execute query and store result in psql variables']],
  run: async (context, invocation) => {
    const prefix = (await invocation.next())?.value ?? '';
    return refusedInPipeline(context, invocation) ?? send(context, { gset: { prefix } });
  },
};

const crosstabview: MetaCommand<ControlContext> = {
  names: ['crosstabview'],
  group: 'General',
  help: [['\\crosstabview [COLUMNS]', 'execute query and display result in crosstab']],
  run: async (context, invocation) => {
    const refusal = refusedInPipeline(context, invocation);
    if (refusal !== undefined) return refusal;
    const columns: (string | undefined)[] = [];
    while (columns.length < 4) columns.push((await invocation.next('normal', { stripSemicolon: true }))?.value);
    while (columns.length > 0 && columns.at(-1) === undefined) columns.pop();
    return send(context, { crosstab: columns });
  },
};

/** In the order of `\?`, which puts other commands between them. */
export const sendCommands = { crosstabview, g, gdesc, gexec, gset, gx };
