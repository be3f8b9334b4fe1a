import { quoteLiteral } from '../sql/quote.ts';
import { missingArgument } from './arguments.ts';
import type { ControlContext } from './control-context.ts';
import type { CommandOutcome, MetaCommand } from './meta-command.ts';

/** Runs a large-object operation in the open transaction or, as it needs one, in its own (psql's start_lo_xact and its kin). */
async function inTransaction(context: ControlContext, name: string, work: () => Promise<boolean>): Promise<CommandOutcome> {
  const refusal = refusalOf(context, name);
  if (refusal !== undefined) {
    context.complain(refusal);
    return 'error';
  }
  const isOwn = context.session?.status === 'idle';
  if (isOwn && (await context.query('BEGIN')) === undefined) return 'error';
  const isOk = await work();
  if (isOwn && context.isAutocommit && (await context.query(isOk ? 'COMMIT' : 'ROLLBACK')) === undefined && isOk) {
    await context.query('ROLLBACK');
    return 'error';
  }
  return isOk ? 'done' : 'error';
}

function refusalOf({ session }: ControlContext, name: string): string | undefined {
  if (session === undefined) return `\\${name}: not connected to a database`;
  return session.status === 'failed' ? `\\${name}: current transaction is aborted` : undefined;
}

async function tell(context: ControlContext, text: string): Promise<void> {
  if (!context.isQuiet) await context.sayToOutput(context.print.format === 'html' ? `<p>${text}</p>\n` : `${text}\n`);
  await context.sayToLog(`${text}\n`);
}

/** C's strtoul as an object ID: leading digits, else 0. */
function objectId(text: string): number {
  return Number(BigInt.asUintN(32, BigInt(/^\s*\+?([0-9]+)/.exec(text)?.[1] ?? '0')));
}

export const loExport: MetaCommand<ControlContext> = {
  names: ['lo_export'],
  group: 'Large Objects',
  help: [['\\lo_export LOBOID FILE', 'write large object to file']],
  run: async (context, invocation) => {
    const object = await invocation.next('normal', { stripSemicolon: true });
    const path = await invocation.next('normal', { stripSemicolon: true });
    if (object === undefined || path === undefined) return missingArgument(context, invocation);
    const outcome = await inTransaction(context, invocation.name, () => context.exportLargeObject(objectId(object.value), path.value));
    if (outcome === 'done') await tell(context, 'lo_export');
    return outcome;
  },
};

export const loImport: MetaCommand<ControlContext> = {
  names: ['lo_import'],
  group: 'Large Objects',
  help: [['\\lo_import FILE [COMMENT]\n', 'read large object from file']],
  run: async (context, invocation) => {
    const path = await invocation.next('normal', { stripSemicolon: true });
    const comment = await invocation.next('normal', { stripSemicolon: true });
    if (path === undefined) return missingArgument(context, invocation);
    let object: string | undefined;
    const outcome = await inTransaction(context, invocation.name, async () => {
      object = await context.importLargeObject(path.value);
      if (object === undefined || comment === undefined) return object !== undefined;
      return (await context.query(`COMMENT ON LARGE OBJECT ${object} IS ${quoteLiteral(comment.value).trimStart()}`)) !== undefined;
    });
    if (outcome !== 'done' || object === undefined) return 'error';
    await tell(context, `lo_import ${object}`);
    context.variables.set('LASTOID', object);
    return 'done';
  },
};

export const loUnlink: MetaCommand<ControlContext> = {
  names: ['lo_unlink'],
  group: 'Large Objects',
  help: [['\\lo_unlink LOBOID', 'delete a large object']],
  run: async (context, invocation) => {
    const argument = await invocation.next('normal', { stripSemicolon: true });
    await invocation.next('normal', { stripSemicolon: true });
    if (argument === undefined) return missingArgument(context, invocation);
    const object = objectId(argument.value);
    const unlink = async () => (await context.call('SELECT pg_catalog.lo_unlink($1)', [String(object)])) !== undefined;
    const outcome = await inTransaction(context, invocation.name, unlink);
    if (outcome === 'done') await tell(context, `lo_unlink ${object}`);
    return outcome;
  },
};
