import { formatIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { ControlContext } from './control-context.ts';
import type { MetaCommand } from './meta-command.ts';

export const password: MetaCommand<ControlContext> = {
  names: ['password'],
  group: 'Connection',
  help: [['\\password [USERNAME]', 'securely change the password for a user']],
  run: async (context, invocation) => {
    const argument = await invocation.next('sql-identifier', { stripSemicolon: true });
    const user = argument?.value ?? (await context.query('SELECT CURRENT_USER'))?.rows[0]?.[0];
    if (user === undefined || user === null) return 'error';
    const first = await context.ask(`Enter new password for user "${user}": `, true);
    const second = first === undefined ? undefined : await context.ask('Enter it again: ', true);
    if (first === undefined || second === undefined) return 'error';
    if (first !== second) {
      context.complain("Passwords didn't match.");
      return 'error';
    }
    const encrypted = await context.encryptPassword(first, user);
    if (encrypted === undefined) return 'error';
    const changed = await context.query(`ALTER USER ${formatIdentifier(user)} PASSWORD ${quoteLiteral(encrypted).trimStart()}`);
    return changed === undefined ? 'error' : 'done';
  },
};
