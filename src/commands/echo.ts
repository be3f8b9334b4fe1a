import type { CommandContext } from './context.ts';
import type { ControlContext } from './control-context.ts';
import type { CommandOutcome, Invocation, MetaCommand } from './meta-command.ts';

/**
 * Writes the arguments with single blanks between them; a first unquoted -n leaves the newline out (exec_command_echo). psql writes each
 * before it reads the next, which may have something to complain of; what a person is shown is one text.
 */
async function write(
  { isInteractive }: CommandContext,
  invocation: Invocation,
  say: (text: string) => Promise<void> | void,
): Promise<CommandOutcome> {
  let text = '';
  let newline = '\n';
  let isFirst = true;
  for (let word = await invocation.next(); word !== undefined; word = await invocation.next()) {
    if (newline !== '' && isFirst && word.quote === '' && word.value === '-n') newline = '';
    else {
      text += isFirst ? word.value : ` ${word.value}`;
      isFirst = false;
    }
    if (isInteractive) continue;
    await say(text);
    text = '';
  }
  await say(text + newline);
  return 'done';
}

export const echo: MetaCommand = {
  names: ['echo'],
  group: 'Input/Output',
  help: [['\\echo [-n] [STRING]', 'write string to standard output (-n for no newline)']],
  run: (context, invocation) => write(context, invocation, (text) => context.say(text)),
};

export const qecho: MetaCommand = {
  names: ['qecho'],
  group: 'Input/Output',
  help: [['\\qecho [-n] [STRING]', 'write string to \\o output stream (-n for no newline)']],
  run: (context, invocation) => write(context, invocation, (text) => context.sayToOutput(text)),
};

export const warn: MetaCommand<ControlContext> = {
  names: ['warn'],
  group: 'Input/Output',
  help: [['\\warn [-n] [STRING]', 'write string to standard error (-n for no newline)']],
  run: (context, invocation) => write(context, invocation, (text) => context.sayToError(text)),
};
