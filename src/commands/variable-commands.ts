import { missingArgument, remaining } from './arguments.ts';
import type { ControlContext } from './control-context.ts';
import type { MetaCommand } from './meta-command.ts';

export const set: MetaCommand = {
  names: ['set'],
  group: 'Variables',
  help: [['\\set [NAME [VALUE]]', 'set internal variable, or list all if no parameters']],
  run: async (context, invocation) => {
    const name = await invocation.next();
    if (name === undefined) {
      for (const [variable, value] of context.variables.entries()) await context.say(`${variable} = '${value}'\n`);
      return 'done';
    }
    const value = (await remaining(invocation)).join('');
    return context.variables.set(name.value, value) ? 'done' : 'error';
  },
};

export const unset: MetaCommand = {
  names: ['unset'],
  group: 'Variables',
  help: [['\\unset NAME', 'unset (delete) internal variable']],
  run: async (context, invocation) => {
    const name = await invocation.next();
    if (name === undefined) return missingArgument(context, invocation);
    return context.variables.unset(name.value) ? 'done' : 'error';
  },
};

export const prompt: MetaCommand<ControlContext> = {
  names: ['prompt'],
  group: 'Variables',
  help: [['\\prompt [TEXT] NAME', 'prompt user to set internal variable']],
  run: async (context, invocation) => {
    const first = await invocation.next();
    if (first === undefined) return missingArgument(context, invocation);
    const second = await invocation.next();
    const answer = await context.ask(second === undefined ? '' : first.value, false);
    if (answer === undefined) {
      context.complain(`\\${invocation.name}: could not read value for variable`);
      return 'error';
    }
    return context.variables.set((second ?? first).value, answer) ? 'done' : 'error';
  },
};

export const getenv: MetaCommand<ControlContext> = {
  names: ['getenv'],
  group: 'Operating System',
  help: [['\\getenv PSQLVAR ENVVAR', 'fetch environment variable']],
  run: async (context, invocation) => {
    const variable = await invocation.next();
    const name = await invocation.next();
    if (variable === undefined || name === undefined) return missingArgument(context, invocation);
    const value = context.environment[name.value];
    return value === undefined || context.variables.set(variable.value, value) ? 'done' : 'error';
  },
};

export const setenv: MetaCommand<ControlContext> = {
  names: ['setenv'],
  group: 'Operating System',
  help: [['\\setenv NAME [VALUE]', 'set or unset environment variable']],
  run: async (context, invocation) => {
    const name = await invocation.next();
    const value = await invocation.next();
    if (name === undefined) return missingArgument(context, invocation);
    if (name.value.includes('=')) {
      context.complain(`\\${invocation.name}: environment variable name must not contain "="`);
      return 'error';
    }
    if (value === undefined) delete context.environment[name.value];
    else context.environment[name.value] = value.value;
    return 'done';
  },
};
