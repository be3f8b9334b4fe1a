import { missingArgument } from './arguments.ts';
import type { ControlContext } from './control-context.ts';
import type { MetaCommand } from './meta-command.ts';

export const print: MetaCommand<ControlContext> = {
  names: ['p', 'print'],
  group: 'Query Buffer',
  help: [['\\p', 'show the contents of the query buffer']],
  run: async (context) => {
    const { current } = context.buffer;
    if (current !== '') await context.say(`${current}\n`);
    else if (!context.isQuiet) await context.say('Query buffer is empty.\n');
    return 'done';
  },
};

export const reset: MetaCommand<ControlContext> = {
  names: ['r', 'reset'],
  group: 'Query Buffer',
  help: [['\\r', 'reset (clear) the query buffer']],
  run: async (context) => {
    context.buffer.clear();
    if (!context.isQuiet) await context.say('Query buffer reset (cleared).\n');
    return 'done';
  },
};

export const write: MetaCommand<ControlContext> = {
  names: ['w', 'write'],
  group: 'Query Buffer',
  help: [['\\w FILE', 'write query buffer to file']],
  skips: 'file-or-pipe',
  run: async (context, invocation) => {
    const target = await invocation.next('file-or-pipe', { stripSemicolon: true });
    if (target === undefined) return missingArgument(context, invocation);
    const { current } = context.buffer;
    return (await context.writeFile(target.value, current === '' ? '' : `${current}\n`)) ? 'done' : 'error';
  },
};

export const edit: MetaCommand<ControlContext> = {
  names: ['e', 'edit'],
  group: 'Query Buffer',
  help: [['\\e [FILE] [LINE]', 'edit the query buffer (or file) with external editor']],
  run: async (context, invocation) => {
    const first = await invocation.next('normal', { stripSemicolon: true });
    const second = first === undefined ? undefined : await invocation.next('normal', { stripSemicolon: true });
    // A lone number is a line.
    const isLineOnly = first !== undefined && second === undefined && /^[0-9]+$/.test(first.value);
    const path = isLineOnly ? undefined : first?.value;
    const lineText = isLineOnly ? first.value : second?.value;
    const line = lineText === undefined ? undefined : Number.parseInt(lineText, 10);
    if (line !== undefined && !(line >= 1)) {
      context.complain(`invalid line number: ${lineText}`);
      return 'error';
    }
    // A query of the buffer's own that was not saved stays as it is.
    const discardsUnchanged = path !== undefined || context.buffer.text === '';
    return (await context.edit({ path, line, discardsUnchanged })) === 'failed' ? 'error' : 'buffer-changed';
  },
};
