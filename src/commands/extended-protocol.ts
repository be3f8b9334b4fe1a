import { missingArgument, remaining } from './arguments.ts';
import type { ControlContext } from './control-context.ts';
import type { MetaCommand } from './meta-command.ts';

// Of psql 16 (\bind) and 18; the \? of psql 15, which ours matches, does not list them.
const shared = { group: 'General', help: [] } as const;

const bind: MetaCommand<ControlContext> = {
  ...shared,
  names: ['bind'],
  run: async (context, invocation) => {
    context.sendAs({ bind: await remaining(invocation), prepared: undefined });
    return 'done';
  },
};

const bindNamed: MetaCommand<ControlContext> = {
  ...shared,
  names: ['bind_named'],
  run: async (context, invocation) => {
    const name = await invocation.next();
    if (name === undefined) return missingArgument(context, invocation);
    context.sendAs({ bind: await remaining(invocation), prepared: name.value });
    return 'done';
  },
};

const parse: MetaCommand<ControlContext> = {
  ...shared,
  names: ['parse'],
  run: async (context, invocation) => {
    const name = await invocation.next();
    if (name === undefined) return missingArgument(context, invocation);
    context.sendAs({ prepare: name.value });
    return 'send';
  },
};

const closePrepared: MetaCommand<ControlContext> = {
  ...shared,
  names: ['close_prepared'],
  run: async (context, invocation) => {
    const name = await invocation.next();
    if (name === undefined) return missingArgument(context, invocation);
    context.sendAs({ close: name.value });
    return 'send';
  },
};

/** Statements with parameters and prepared ones, by the extended query protocol. */
export const extendedProtocolCommands = [bind, bindNamed, parse, closePrepared];
