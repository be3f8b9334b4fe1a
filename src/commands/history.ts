import type { ControlContext } from './control-context.ts';
import type { MetaCommand } from './meta-command.ts';

export const history: MetaCommand<ControlContext> = {
  names: ['s'],
  group: 'Query Buffer',
  help: [['\\s [FILE]', 'display history or save it to file']],
  run: async (context, invocation) => {
    const file = await invocation.next('normal', { stripSemicolon: true });
    const entries = await context.history();
    const text = entries?.map((entry) => `${entry}\n`).join('') ?? '';
    if (file === undefined) {
      await context.say(`${text}\n`);
      return entries === undefined ? 'error' : 'done';
    }
    // Scripts have no history, and psql does not even make the file.
    if (entries === undefined || !(await context.writeFile(file.value, text))) return 'error';
    if (!context.isQuiet) await context.say(`Wrote history to file "${file.value}".\n`);
    return 'done';
  },
};
