import type { MetaCommand } from './meta-command.ts';

export const quit: MetaCommand = {
  names: ['q', 'quit'],
  group: 'General',
  help: [['\\q', 'quit psql']],
  run: async () => 'quit',
};
