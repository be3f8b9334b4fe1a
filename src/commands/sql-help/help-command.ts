import type { MetaCommand } from '../meta-command.ts';
import { helpOn, listOfCommands } from './help-text.ts';
import { sqlHelpTable } from './sql-help-table.ts';

// Without a server: the version of psql that is spoken.
const defaultVersionNumber = 150018;

/** `\h [NAME]`: the grammar of SQL commands as the connected server knows it. */
export const sqlHelpCommand: MetaCommand = {
  names: ['h', 'help'],
  group: 'Help',
  help: [['\\h [NAME]', 'help on syntax of SQL commands, * for all commands']],
  skips: 'whole-line',
  run: async (context, invocation) => {
    const topic = ((await invocation.next('whole-line'))?.value ?? '').replace(/[\s;]+$/, '');
    // Without a terminal: 80 columns, as psql.
    if (topic === '') await context.say(listOfCommands(sqlHelpTable, process.stdout.columns ?? 80));
    else await context.say(helpOn(sqlHelpTable, topic, context.session?.versionNumber ?? defaultVersionNumber));
    return 'done';
  },
};
