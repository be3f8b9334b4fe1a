import type { ControlContext } from './control-context.ts';
import type { Invocation, MetaCommand } from './meta-command.ts';

/** The arguments with single blanks between them; a first unquoted -n leaves the newline out (exec_command_echo). */
async function echoText(invocation: Invocation): Promise<string> {
  const words: string[] = [];
  let newline = '\n';
  for (let word = await invocation.next(); word !== undefined; word = await invocation.next()) {
    if (newline !== '' && words.length === 0 && word.quote === '' && word.value === '-n') newline = '';
    else words.push(word.value);
  }
  return words.join(' ') + newline;
}

export const echo: MetaCommand = {
  names: ['echo'],
  group: 'Input/Output',
  help: [['\\echo [-n] [STRING]', 'write string to standard output (-n for no newline)']],
  run: async (context, invocation) => {
    await context.say(await echoText(invocation));
    return 'done';
  },
};

export const qecho: MetaCommand = {
  names: ['qecho'],
  group: 'Input/Output',
  help: [['\\qecho [-n] [STRING]', 'write string to \\o output stream (-n for no newline)']],
  run: async (context, invocation) => {
    await context.sayToOutput(await echoText(invocation));
    return 'done';
  },
};

export const warn: MetaCommand<ControlContext> = {
  names: ['warn'],
  group: 'Input/Output',
  help: [['\\warn [-n] [STRING]', 'write string to standard error (-n for no newline)']],
  run: async (context, invocation) => {
    context.sayToError(await echoText(invocation));
    return 'done';
  },
};
