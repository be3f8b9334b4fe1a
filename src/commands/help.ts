import type { ControlContext } from './control-context.ts';
import type { HelpGroup, MetaCommand } from './meta-command.ts';

const groups: readonly HelpGroup[] = [
  'General',
  'Help',
  'Query Buffer',
  'Input/Output',
  'Conditional',
  'Informational',
  'Large Objects',
  'Formatting',
  'Connection',
  'Operating System',
  'Variables',
];

// The summaries start here: psql's help leaves 22 columns for the syntax.
const indent = '  ';
const syntaxWidth = 22;

/** What the summaries say is in force, by the name in braces. */
export type HelpState = Readonly<Record<'connection' | 'expanded' | 'html' | 'timing' | 'tuplesOnly', string>>;

/** The text of `\?`, from the registry, laid out as psql's. */
export function commandHelp(commands: readonly MetaCommand<ControlContext>[], state: HelpState): string {
  const blocks = groups.flatMap((group) => {
    const rows = commands.filter((command) => command.group === group).flatMap((command) => command.help);
    if (rows.length === 0) return [];
    const heading =
      group === 'Informational' ? `${group}\n${indent}(options: S = show system objects, + = additional detail)\n` : `${group}\n`;
    return [heading + rows.map(([syntax, summary]) => helpLine(syntax, fill(summary, state))).join('')];
  });
  return blocks.join('\n');
}

/** A syntax that ends in a newline has its summary on the next line. */
function helpLine(syntax: string, summary: string): string {
  const gap = syntax.endsWith('\n') ? ' '.repeat(indent.length + syntaxWidth + 1) : ' ';
  // psql lines these four up among themselves.
  const width = syntax.endsWith('\n') ? 0 : /^\\dA[cfop]/.test(syntax) ? syntaxWidth + 6 : syntaxWidth;
  return `${indent}${syntax.padEnd(width)}${gap}${summary}\n`;
}

function fill(summary: string, state: HelpState): string {
  return summary.replace(/\{(\w+)\}/g, (whole, name: string) => (name in state ? state[name as keyof HelpState] : whole));
}

/** The state of what a context holds. */
function helpState(context: ControlContext): HelpState {
  const onOff = (value: boolean): string => (value ? 'on' : 'off');
  return {
    connection: context.session === undefined ? 'no connection' : `"${context.session.info.database}"`,
    expanded: context.print.expanded,
    html: onOff(context.print.format === 'html'),
    timing: onOff(context.isTiming),
    tuplesOnly: onOff(context.print.tuplesOnly),
  };
}

/** `\?`: what it says on commands comes from the registry, handed in since that lists this command too. */
export function helpCommand(
  commands: () => readonly MetaCommand<ControlContext>[],
  otherTopics: Readonly<Record<'options' | 'variables', (context: ControlContext) => Promise<string>>>,
): MetaCommand<ControlContext> {
  return {
    names: ['?'],
    group: 'Help',
    help: [
      ['\\? [commands]', 'show help on backslash commands'],
      ['\\? options', 'show help on psql command-line options'],
      ['\\? variables', 'show help on special variables'],
    ],
    run: async (context, invocation) => {
      const topic = (await invocation.next('normal'))?.value;
      if (topic === 'options' || topic === 'variables') await context.say(await otherTopics[topic](context));
      else await context.say(commandHelp(commands(), helpState(context)));
      return 'done';
    },
  };
}
