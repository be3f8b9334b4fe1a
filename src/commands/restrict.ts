import { missingArgument } from './arguments.ts';
import type { ControlContext } from './control-context.ts';
import type { MetaCommand } from './meta-command.ts';

/** From here on no meta-command but \unrestrict with the same key runs: what a dump from a hostile server needs. The key is never expanded. */
export const restrict: MetaCommand<ControlContext> = {
  names: ['restrict'],
  group: 'General',
  help: [['\\restrict RESTRICT_KEY\n', 'enter restricted mode with provided key']],
  run: async (context, invocation) => {
    const key = await invocation.next('no-evaluation', { stripSemicolon: true });
    if (key === undefined || key.value === '') return missingArgument(context, invocation);
    context.restrictKey = key.value;
    return 'done';
  },
};

export const unrestrict: MetaCommand<ControlContext> = {
  names: ['unrestrict'],
  group: 'General',
  help: [['\\unrestrict RESTRICT_KEY\n', 'exit restricted mode if key matches']],
  run: async (context, invocation) => {
    const key = await invocation.next('no-evaluation', { stripSemicolon: true });
    if (key === undefined || key.value === '') return missingArgument(context, invocation);
    if (context.restrictKey === undefined) {
      context.complain(`\\${invocation.name}: not currently in restricted mode`);
      return 'error';
    }
    if (context.restrictKey !== key.value) {
      context.complain(`\\${invocation.name}: wrong key`);
      return 'error';
    }
    context.restrictKey = undefined;
    return 'done';
  },
};
