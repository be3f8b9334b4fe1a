import type { ConditionStack } from '../commands/condition-stack.ts';
import type { ControlContext } from '../commands/control-context.ts';
import type { ArgumentMode, CommandOutcome, Invocation, MetaCommand, ScannedArgument } from '../commands/meta-command.ts';
import { shellCommand } from '../sql/quote.ts';
import type { SqlScanner } from '../sql/scanner.ts';
import { argumentText, type SlashArgument } from '../sql/slash-argument.ts';
import { decodeLossless } from '../text/lossless.ts';
import { CommandQueries } from './command-queries.ts';
import type { EngineState } from './engine-state.ts';
import { setShellVariables } from './shell-variables.ts';

/** The level of input a command is met at: what reads its arguments and what they depend on. */
export interface CommandLevel {
  readonly state: EngineState;
  readonly scanner: SqlScanner;
  readonly conditions: ConditionStack;
  readonly isPrompting: boolean;
}

/** Scans and runs the meta-command the scanner has stopped at (psql's HandleSlashCmds). */
export async function handleCommand(loop: CommandLevel, context: ControlContext): Promise<CommandOutcome> {
  const { scanner, state, conditions } = loop;
  const name = scanner.slashCommand();
  // Loaded with the first meta-command: a run of plain SQL starts faster without.
  const { findCommand } = await import('../commands/registry.ts');
  const command = findCommand(name);
  let outcome: CommandOutcome;
  if (state.restrictKey !== undefined && name !== 'unrestrict') {
    state.complain('backslash commands are restricted; only \\unrestrict is allowed');
    outcome = 'error';
  } else if (command === undefined) {
    state.complain(`invalid command \\${name}`);
    if (loop.isPrompting) state.sayToError('Try \\? for help.\n');
    outcome = 'error';
  } else if (!conditions.isActive && command.isConditional !== true) {
    if (loop.isPrompting) state.warn(`\\${name} command ignored; use \\endif or Ctrl-C to exit current \\if block`);
    skipArguments(loop, command);
    outcome = 'done';
  } else {
    outcome = await runCommand(loop, command, context, name);
  }
  eatRest(loop, name, outcome);
  scanner.slashEnd();
  await state.queryOutput?.flush();
  return outcome;
}

/** The queries it makes are its own, not those of the \i around it. */
async function runCommand(
  loop: CommandLevel,
  command: MetaCommand<ControlContext>,
  context: ControlContext,
  name: string,
): Promise<CommandOutcome> {
  const { scanner, state } = loop;
  const outer = state.command;
  const line = scanner.rest();
  state.command = new CommandQueries(() => `\\${name}${line.slice(0, line.length - scanner.rest().length)}`);
  try {
    return await command.run(context, invocation(loop, name));
  } finally {
    state.command = outer;
  }
}

/** What is left of the line: worth a warning after a command that ran, thrown away after one that failed. */
function eatRest({ scanner, state, conditions }: CommandLevel, name: string, outcome: CommandOutcome): void {
  if (outcome === 'error') {
    scanner.slashRest();
    return;
  }
  scanner.isActive = false;
  for (let extra = scanner.slashArgument('no-evaluation'); extra !== undefined; extra = scanner.slashArgument('no-evaluation')) {
    if (conditions.isActive) state.warn(`\\${name}: extra argument "${argumentText(extra)}" ignored`);
  }
}

function skipArguments({ scanner }: CommandLevel, command: MetaCommand<ControlContext>): void {
  if (command.skips === 'whole-line') scanner.slashRest();
  else if (command.skips === 'file-or-pipe') scanner.slashArgument('file-or-pipe');
  else while (scanner.slashArgument('no-evaluation') !== undefined);
}

function invocation(loop: CommandLevel, name: string): Invocation {
  return {
    name,
    next: async (mode: ArgumentMode = 'normal', options) => {
      loop.scanner.isActive = loop.conditions.isActive;
      const argument = loop.scanner.slashArgument(mode, options);
      return argument === undefined ? undefined : await evaluate(loop, argument);
    },
  };
}

/** undefined: a quote does not end. */
async function evaluate({ state }: CommandLevel, argument: SlashArgument): Promise<ScannedArgument | undefined> {
  const outputs: string[] = [];
  for (const piece of argument.pieces) {
    if (typeof piece === 'string') continue;
    if ('complaint' in piece) {
      state.complain(piece.complaint);
      continue;
    }
    const complain = state.face.isInteractive ? (text: Buffer) => state.sayToError(decodeLossless(text)) : undefined;
    const { shellCapture } = await import('../system/shell-capture.ts');
    const captured = await shellCapture(shellCommand(piece.backtick), complain);
    if (!captured.ok) state.complain(`${piece.backtick}: could not run the shell`);
    setShellVariables(state, captured.ok ? captured.status : 127);
    outputs.push(captured.ok ? decodeLossless(captured.output) : '');
  }
  return argument.isUnterminated ? undefined : { value: argumentText(argument, outputs), quote: argument.quote };
}
