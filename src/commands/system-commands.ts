import type { ControlContext } from './control-context.ts';
import type { MetaCommand } from './meta-command.ts';
import { booleanRefusal, parseBoolean } from './parse-value.ts';

export const cd: MetaCommand<ControlContext> = {
  names: ['cd'],
  group: 'Operating System',
  help: [['\\cd [DIR]', 'change the current working directory']],
  run: async (context, invocation) => {
    const argument = await invocation.next('normal', { stripSemicolon: true });
    const folder = argument?.value ?? context.environment.HOME ?? '/';
    const failure = context.changeFolder(folder);
    if (failure === undefined) return 'done';
    context.complain(`\\${invocation.name}: could not change directory to "${folder}": ${failure}`);
    return 'error';
  },
};

export const shell: MetaCommand<ControlContext> = {
  names: ['!'],
  group: 'Operating System',
  help: [['\\! [COMMAND]', 'execute command in shell or start interactive shell']],
  skips: 'whole-line',
  run: async (context, invocation) => {
    const command = await invocation.next('whole-line');
    // A shell says itself what it could not start, and ends with 127.
    if ((await context.shell(command?.value ?? '')) !== -1) return 'done';
    context.complain('\\!: failed');
    return 'error';
  },
};

export const timing: MetaCommand<ControlContext> = {
  names: ['timing'],
  group: 'Operating System',
  help: [['\\timing [on|off]', 'toggle timing of commands (currently {timing})']],
  run: async (context, invocation) => {
    const argument = await invocation.next();
    const wanted = argument === undefined ? !context.isTiming : parseBoolean(argument.value);
    if (wanted === undefined) context.complain(booleanRefusal(argument?.value ?? '', '\\timing'));
    else context.isTiming = wanted;
    // Told also where the value was refused.
    if (!context.isQuiet) await context.say(`Timing is ${context.isTiming ? 'on' : 'off'}.\n`);
    return wanted === undefined ? 'error' : 'done';
  },
};
