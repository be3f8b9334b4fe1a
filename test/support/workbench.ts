import { cellBytes } from '../../src/result/row-batch.ts';
import { openSession } from '../../src/server/open-session.ts';
import { testTarget } from './open-test-session.ts';
import { type ServerAddress, testServer } from './server.ts';
import { Terminal, type TerminalOptions } from './terminal.ts';

/** psql's options that name a server. */
function serverArguments(server: Pick<ServerAddress, 'host' | 'port' | 'user' | 'database'> = testServer()): readonly string[] {
  return ['-h', server.host, '-p', String(server.port), '-U', server.user, '-d', server.database];
}

/** The workbench on the run's server, ready for keys. */
export async function openWorkbench(
  environment: Readonly<Record<string, string>>,
  {
    server = testServer(),
    user = 'postgres',
    ...options
  }: TerminalOptions & { readonly server?: Omit<ServerAddress, 'socketFolder'>; readonly user?: string } = {},
): Promise<Terminal> {
  const target = serverArguments({ ...server, user });
  const terminal = new Terminal(target, { ...options, environment: { ...environment, ...options.environment } });
  // While it connects, Ctrl-C would give that up.
  await terminal.sees(new RegExp(`(?<!connecting to .*)${user}@${server.host}`));
  return terminal;
}

/** Types a statement and Enter. */
export async function enter(terminal: Terminal, text: string): Promise<void> {
  await terminal.type(text);
  await terminal.seesTyped(text);
  await terminal.press('Enter');
}

/** What someone else does on the same server meanwhile: a statement's first cell. */
export async function meanwhile(sql: string): Promise<string> {
  const outcome = await openSession(testTarget(), { programName: 'meanwhile' });
  if (!outcome.ok) throw new Error(outcome.text);
  let cell = '';
  for await (const event of outcome.session.run({ sql })) {
    if (event.type === 'error') throw new Error(event.error.message);
    if (event.type === 'rows') cell = cellBytes(event.batch, 0, 0)?.toString() ?? '';
  }
  await outcome.session.close();
  return cell;
}
