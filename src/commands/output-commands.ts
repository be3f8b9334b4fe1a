import { missingArgument } from './arguments.ts';
import type { ControlContext } from './control-context.ts';
import type { CommandOutcome, Invocation, MetaCommand } from './meta-command.ts';

async function include(context: ControlContext, invocation: Invocation, isRelative: boolean): Promise<CommandOutcome> {
  const path = await invocation.next('normal', { stripSemicolon: true });
  if (path === undefined) return missingArgument(context, invocation);
  return (await context.include(path.value, isRelative)) ? 'done' : 'error';
}

export const i: MetaCommand<ControlContext> = {
  names: ['i', 'include'],
  group: 'Input/Output',
  help: [['\\i FILE', 'execute commands from file']],
  run: (context, invocation) => include(context, invocation, false),
};

export const ir: MetaCommand<ControlContext> = {
  names: ['ir', 'include_relative'],
  group: 'Input/Output',
  help: [['\\ir FILE', 'as \\i, but relative to location of current script']],
  run: (context, invocation) => include(context, invocation, true),
};

export const o: MetaCommand<ControlContext> = {
  names: ['o', 'out'],
  group: 'Input/Output',
  help: [['\\o [FILE]', 'send all query results to file or |pipe']],
  skips: 'file-or-pipe',
  run: async (context, invocation) => {
    const target = await invocation.next('file-or-pipe', { stripSemicolon: true });
    return (await context.setOutput(target?.value)) ? 'done' : 'error';
  },
};
