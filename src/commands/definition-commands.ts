import type { ControlContext } from './control-context.ts';
import { type Definable, findDefinition, isBodyStart, withLineNumbers } from './definition.ts';
import { psetVersion } from './format-commands.ts';
import type { CommandOutcome, Invocation, MetaCommand } from './meta-command.ts';

/** From psql 17 on a semicolon may end the line. */
function describedObject(context: ControlContext, invocation: Invocation) {
  return invocation.next('whole-line', { stripSemicolon: psetVersion(context).versionMajor >= 17 });
}

async function show(context: ControlContext, invocation: Invocation, kind: Definable): Promise<CommandOutcome> {
  const description = await describedObject(context, invocation);
  if (description === undefined || description.value === '') {
    context.complain(`${kind} name is required`);
    return 'error';
  }
  const text = await findDefinition(context, kind, description.value);
  if (text === undefined) return 'error';
  await context.sayToOutput(invocation.name.endsWith('+') ? withLineNumbers(text, kind) : text);
  return 'done';
}

const templates: Readonly<Record<Definable, string>> = {
  function:
    'CREATE FUNCTION ( )\n RETURNS \n LANGUAGE \n -- common options:  IMMUTABLE  STABLE  STRICT  SECURITY DEFINER\nAS $function$\n\n$function$\n',
  view: 'CREATE VIEW  AS\n SELECT \n  -- something...\n',
};

// The number after a name stands apart from it, or after its closing parenthesis.
const lineAtEnd = /^(.*[\s)])([0-9]+)\s*$/s;

async function edit(context: ControlContext, invocation: Invocation, kind: Definable): Promise<CommandOutcome> {
  const given = (await describedObject(context, invocation))?.value ?? '';
  const [, name = given, digits] = lineAtEnd.exec(given) ?? [];
  let line = digits === undefined ? undefined : Number.parseInt(digits, 10);
  if (line !== undefined && line < 1) {
    context.complain(`invalid line number: ${digits}`);
    return 'error';
  }
  const text = name === '' ? templates[kind] : await findDefinition(context, kind, name);
  if (text === undefined) return 'error';
  if (line !== undefined && kind === 'function' && name !== '') line += text.split('\n').findIndex(isBodyStart);
  context.buffer.replace(text);
  switch (await context.edit({ line, discardsUnchanged: true })) {
    case 'failed':
      return 'error';
    case 'unchanged':
      await context.say('No changes\n');
      return 'done';
    case 'changed':
      return 'buffer-changed';
  }
}

const shared = { skips: 'whole-line' } as const;

export const ef: MetaCommand<ControlContext> = {
  ...shared,
  names: ['ef'],
  group: 'Query Buffer',
  help: [['\\ef [FUNCNAME [LINE]]', 'edit function definition with external editor']],
  run: (context, invocation) => edit(context, invocation, 'function'),
};

export const ev: MetaCommand<ControlContext> = {
  ...shared,
  names: ['ev'],
  group: 'Query Buffer',
  help: [['\\ev [VIEWNAME [LINE]]', 'edit view definition with external editor']],
  run: (context, invocation) => edit(context, invocation, 'view'),
};

export const sf: MetaCommand<ControlContext> = {
  ...shared,
  names: ['sf', 'sf+'],
  group: 'Informational',
  help: [['\\sf[+]  FUNCNAME', "show a function's definition"]],
  run: (context, invocation) => show(context, invocation, 'function'),
};

export const sv: MetaCommand<ControlContext> = {
  ...shared,
  names: ['sv', 'sv+'],
  group: 'Informational',
  help: [['\\sv[+]  VIEWNAME', "show a view's definition"]],
  run: (context, invocation) => show(context, invocation, 'view'),
};
