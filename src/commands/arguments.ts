import type { CommandContext } from './context.ts';
import type { CommandOutcome, Invocation } from './meta-command.ts';

/** All remaining arguments, as values. */
export async function remaining(invocation: Invocation): Promise<string[]> {
  const values: string[] = [];
  for (let argument = await invocation.next(); argument !== undefined; argument = await invocation.next()) values.push(argument.value);
  return values;
}

/** psql's complaint where an argument is needed. */
export function missingArgument(context: CommandContext, invocation: Invocation): CommandOutcome {
  context.complain(`\\${invocation.name}: missing required argument`);
  return 'error';
}
