import type { ConditionState } from './condition-stack.ts';
import type { ControlContext } from './control-context.ts';
import type { CommandOutcome, Invocation, MetaCommand } from './meta-command.ts';
import { booleanRefusal, parseBoolean } from './parse-value.ts';

/** Evaluates the rest of the line; what is no boolean is complained about and counts as false. */
async function isTrue(context: ControlContext, invocation: Invocation, what: string): Promise<boolean> {
  const words: string[] = [];
  for (let word = await invocation.next(); word !== undefined; word = await invocation.next()) words.push(word.value);
  const text = words.join(' ');
  const value = parseBoolean(text);
  if (value === undefined) context.complain(booleanRefusal(text, what));
  return value ?? false;
}

async function skipExpression(invocation: Invocation): Promise<void> {
  while ((await invocation.next('no-evaluation')) !== undefined);
}

function misplaced(context: ControlContext, invocation: Invocation): CommandOutcome | undefined {
  const { top } = context.conditions;
  if (top === undefined) context.complain(`\\${invocation.name}: no matching \\if`);
  else if (top === 'else-true' || top === 'else-false') context.complain(`\\${invocation.name}: cannot occur after \\else`);
  else return undefined;
  return 'error';
}

/** Notes where the branch begins, for a cut if it turns out inactive. */
function keepPlace({ conditions, buffer }: ControlContext, state: ConditionState): void {
  conditions.begin(state, buffer.text.length);
}

/** An inactive branch leaves no text behind. */
function dropBranch({ conditions, buffer }: ControlContext): void {
  buffer.truncate(conditions.rewind());
}

const if_: MetaCommand<ControlContext> = {
  names: ['if'],
  group: 'Conditional',
  isConditional: true,
  help: [['\\if EXPR', 'begin conditional block']],
  run: async (context, invocation) => {
    const { conditions } = context;
    if (!conditions.isActive) {
      conditions.push('ignored', context.buffer.text.length);
      await skipExpression(invocation);
      return 'done';
    }
    // The expression is evaluated as in an active branch.
    conditions.push('true', context.buffer.text.length);
    if (!(await isTrue(context, invocation, '\\if expression'))) conditions.change('false');
    return 'done';
  },
};

const elif: MetaCommand<ControlContext> = {
  names: ['elif'],
  group: 'Conditional',
  isConditional: true,
  help: [['\\elif EXPR', 'alternative within current conditional block']],
  run: async (context, invocation) => {
    switch (context.conditions.top) {
      case 'true':
        keepPlace(context, 'ignored');
        await skipExpression(invocation);
        return 'done';
      case 'false':
        dropBranch(context);
        context.conditions.change('true');
        if (!(await isTrue(context, invocation, '\\elif expression'))) context.conditions.change('false');
        return 'done';
      case 'ignored':
        dropBranch(context);
        await skipExpression(invocation);
        return 'done';
      default:
        return misplaced(context, invocation) ?? 'error';
    }
  },
};

const else_: MetaCommand<ControlContext> = {
  names: ['else'],
  group: 'Conditional',
  isConditional: true,
  help: [['\\else', 'final alternative within current conditional block']],
  run: async (context, invocation) => {
    switch (context.conditions.top) {
      case 'true':
        keepPlace(context, 'else-false');
        return 'done';
      case 'false':
        dropBranch(context);
        context.conditions.change('else-true');
        return 'done';
      case 'ignored':
        dropBranch(context);
        context.conditions.change('else-false');
        return 'done';
      default:
        return misplaced(context, invocation) ?? 'error';
    }
  },
};

const endif: MetaCommand<ControlContext> = {
  names: ['endif'],
  group: 'Conditional',
  isConditional: true,
  help: [['\\endif', 'end conditional block']],
  run: async (context, invocation) => {
    const { conditions } = context;
    const { top } = conditions;
    if (top === undefined) {
      context.complain(`\\${invocation.name}: no matching \\if`);
      return 'error';
    }
    if (top === 'false' || top === 'ignored' || top === 'else-false') dropBranch(context);
    conditions.pop();
    return 'done';
  },
};

export const conditionalCommands: readonly MetaCommand<ControlContext>[] = [if_, elif, else_, endif];
