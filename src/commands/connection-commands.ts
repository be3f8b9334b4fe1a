import type { SessionInfo } from '../server/session.ts';
import type { CommandContext } from './context.ts';
import type { ControlContext } from './control-context.ts';
import type { CommandOutcome, Invocation, MetaCommand } from './meta-command.ts';
import { booleanRefusal, parseBoolean } from './parse-value.ts';

const reusePrefix = '-reuse-previous=';

/** An argument of \c; an unquoted `-` or nothing stands for "as before". */
async function connectArgument(invocation: Invocation): Promise<string | undefined> {
  const argument = await invocation.next('sql-identifier-verbatim', { stripSemicolon: true });
  if (argument === undefined || argument.quote !== '') return argument?.value;
  return argument.value === '' || argument.value === '-' ? undefined : argument.value;
}

export const connect: MetaCommand<ControlContext> = {
  names: ['c', 'connect'],
  group: 'Connection',
  help: [['\\c[onnect] {[DBNAME|- USER|- HOST|- PORT|-] | conninfo}\n', 'connect to new database (currently {connection})']],
  run: async (context, invocation) => {
    let reuse: boolean | undefined;
    let database = await connectArgument(invocation);
    if (database?.startsWith(reusePrefix)) {
      const value = database.slice(reusePrefix.length);
      reuse = parseBoolean(value);
      if (reuse === undefined) {
        context.complain(booleanRefusal(value, '-reuse-previous'));
        return 'error';
      }
      database = await connectArgument(invocation);
    }
    const user = await connectArgument(invocation);
    const host = await connectArgument(invocation);
    const port = await connectArgument(invocation);
    const isConninfo = database !== undefined && (/^postgres(?:ql)?:\/\//.test(database) || database.includes('='));
    // A conninfo string says all itself, unless told otherwise.
    const reusePrevious = reuse ?? !isConninfo;
    return (await context.connect({ database, isConninfo, user, host, port, reusePrevious, previous: context.session })) ? 'done' : 'error';
  },
};

/** `via socket in "/tmp" at port "5432"` and its kin, of \conninfo and \c. */
export function describePlace({ host, address, port, security }: SessionInfo): string {
  if (security === 'embedded') {
    return address === 'memory' ? 'embedded, in a throw-away copy in memory' : `embedded, in folder "${address}"`;
  }
  if (/^[/@]/.test(host)) return `via socket in "${host}" at port "${port}"`;
  return address !== '' && address !== host
    ? `on host "${host}" (address "${address}") at port "${port}"`
    : `on host "${host}" at port "${port}"`;
}

/** psql's line on TLS, '' without. */
export function tlsText(session: CommandContext['session']): string {
  const tls = session?.info.tls;
  return tls === undefined ? '' : `SSL connection (protocol: ${tls.protocol}, cipher: ${tls.cipher}, compression: off)\n`;
}

export const encoding: MetaCommand<ControlContext> = {
  names: ['encoding'],
  group: 'Connection',
  help: [['\\encoding [ENCODING]', 'show or set client encoding']],
  run: async (context, invocation): Promise<CommandOutcome> => {
    const argument = await invocation.next();
    if (argument === undefined) {
      await context.say(`${context.variables.get('ENCODING') ?? 'SQL_ASCII'}\n`);
      return 'done';
    }
    if (await context.setClientEncoding(argument.value)) return 'done';
    context.complain(`${argument.value}: invalid encoding name or conversion procedure not found`);
    return 'done';
  },
};
