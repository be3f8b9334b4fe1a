import { edit, print, reset, write } from './buffer-commands.ts';
import { conditionalCommands } from './conditional-commands.ts';
import { connect, encoding } from './connection-commands.ts';
import { conninfo } from './conninfo.ts';
import type { ControlContext } from './control-context.ts';
import { copy } from './copy.ts';
import { copyright } from './copyright.ts';
import { ef, ev, sf, sv } from './definition-commands.ts';
import { describeCommands, loList, z } from './describe/registry.ts';
import { echo, qecho, warn } from './echo.ts';
import { errverbose } from './errverbose.ts';
import { extendedProtocolCommands } from './extended-protocol.ts';
import { formatCommands } from './format-commands.ts';
import { helpCommand } from './help.ts';
import { history } from './history.ts';
import { loExport, loImport, loUnlink } from './large-objects.ts';
import type { MetaCommand } from './meta-command.ts';
import { currentDefaults, optionsHelp } from './options-help.ts';
import { i, ir, o } from './output-commands.ts';
import { password } from './password.ts';
import { pipelineCommands } from './pipelines.ts';
import { quit } from './quit.ts';
import { restrict, unrestrict } from './restrict.ts';
import { sendCommands } from './send.ts';
import { sqlHelpCommand } from './sql-help/help-command.ts';
import { cd, shell, timing } from './system-commands.ts';
import { getenv, prompt, set, setenv, unset } from './variable-commands.ts';
import { ownVariablesHelp, variablesHelp } from './variables-help.ts';
import { watch } from './watch.ts';

const help = helpCommand(() => metaCommands, {
  options: async (context) => optionsHelp(currentDefaults(context.programName, context.environment)),
  variables: async ({ isInteractive }) => (isInteractive ? `${variablesHelp}\n${ownVariablesHelp}` : variablesHelp),
});

const { crosstabview, g, gdesc, gexec, gset, gx } = sendCommands;

/** Every meta-command, in the order of `\?`. */
export const metaCommands: readonly MetaCommand<ControlContext>[] = [
  copyright,
  crosstabview,
  errverbose,
  g,
  gdesc,
  gexec,
  gset,
  gx,
  quit,
  restrict,
  unrestrict,
  watch,
  ...extendedProtocolCommands,
  ...pipelineCommands,
  help,
  sqlHelpCommand,
  edit,
  ef,
  ev,
  print,
  reset,
  history,
  write,
  copy,
  echo,
  i,
  ir,
  o,
  qecho,
  warn,
  ...conditionalCommands,
  ...describeCommands,
  sf,
  sv,
  z,
  loExport,
  loImport,
  loList,
  loUnlink,
  ...formatCommands,
  connect,
  conninfo,
  encoding,
  password,
  cd,
  getenv,
  setenv,
  timing,
  shell,
  prompt,
  set,
  unset,
];

const byName = new Map(metaCommands.flatMap((command) => command.names.map((name) => [name, command] as const)));

/** The command a name calls: its own name first, then the families with modifiers in their names. */
export function findCommand(name: string): MetaCommand<ControlContext> | undefined {
  return byName.get(name) ?? metaCommands.find((command) => command.family?.test(name));
}
