import type { ControlContext } from './control-context.ts';
import type { MetaCommand } from './meta-command.ts';

export const errverbose: MetaCommand<ControlContext> = {
  names: ['errverbose'],
  group: 'General',
  help: [['\\errverbose', 'show most recent error message at maximum verbosity']],
  run: async (context) => {
    const text = context.lastErrorText();
    if (text === undefined) await context.say('There is no previous error.\n');
    else context.complain(text);
    return 'done';
  },
};
