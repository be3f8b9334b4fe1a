import { canWriteQuery } from '../catalog/write-privileges.ts';
import { ReadOnlySession } from '../server/read-only/read-only-session.ts';
import type { Session, SessionInfo } from '../server/session.ts';
import { describePlace, tlsText } from './connection-commands.ts';
import type { CommandContext } from './context.ts';
import type { MetaCommand } from './meta-command.ts';

const firstVersionWithTable = 180_000;

export const conninfo: MetaCommand = {
  names: ['conninfo'],
  group: 'Connection',
  help: [['\\conninfo', 'display information about current connection']],
  run: async (context) => {
    const { session } = context;
    if (session === undefined) {
      await context.say('You are currently not connected to a database.\n');
      return 'done';
    }
    const { info } = session;
    const readOnly = session instanceof ReadOnlySession ? await readOnlyText(session, context) : '';
    if (session.versionNumber >= firstVersionWithTable && info.security !== 'embedded') {
      const columns = [{ name: 'Parameter' }, { name: 'Value' }];
      await context.table({ title: 'Connection Information', columns, rows: connectionRows(session) });
      if (readOnly !== '') await context.say(readOnly);
      return 'done';
    }
    await context.say(
      `You are connected to database "${info.database}" as user "${info.user}" ${describePlace(info)}.\n${tlsText(session)}${readOnly}`,
    );
    return 'done';
  },
};

type Row = readonly [parameter: string, value: string];

/** The rows of psql 18's table, in its order. */
function connectionRows({ info, parameters }: Session): readonly Row[] {
  return [
    ['Database', info.database],
    ['Client User', info.user],
    ...placeRows(info),
    ['Server Port', String(info.port)],
    ['Options', info.options ?? ''],
    ['Protocol Version', '3.0'],
    ['Password Used', String(info.usedPassword)],
    ['GSSAPI Authenticated', 'false'],
    ['Backend PID', String(info.processId)],
    ['SSL Connection', String(info.tls !== undefined)],
    ...tlsRows(info.tls),
    ['Superuser', parameters.get('is_superuser') ?? 'unknown'],
    ['Hot Standby', parameters.get('in_hot_standby') ?? 'unknown'],
  ];
}

function placeRows({ host, address }: SessionInfo): readonly Row[] {
  if (/^[/@]/.test(host)) return [['Socket Directory', host]];
  const named: Row = ['Host', host];
  return address === '' || address === host ? [named] : [named, ['Host Address', address]];
}

function tlsRows(tls: SessionInfo['tls']): readonly Row[] {
  if (tls === undefined) return [];
  return [
    ['SSL Library', 'OpenSSL'],
    ['SSL Protocol', tls.protocol],
    ['SSL Key Bits', keyBits(tls.cipher)],
    ['SSL Cipher', tls.cipher],
    ['SSL Compression', 'false'],
    ['ALPN', tls.alpn ?? 'none'],
  ];
}

/** OpenSSL's names of ciphers say how long the key is, but for one. */
function keyBits(cipher: string): string {
  if (cipher.includes('CHACHA20')) return '256';
  return /(?:AES|ARIA|CAMELLIA)_?(128|256)/.exec(cipher)?.[1] ?? 'unknown';
}

/** By what a read-only session is: the role is asked about where a query can be sent. */
async function readOnlyText(session: ReadOnlySession, context: CommandContext): Promise<string> {
  if (session.access !== 'locked') return 'This read-only session lets writes through for now.\n';
  const rows = session.status === 'failed' ? undefined : await context.query(canWriteQuery);
  const canWrite = rows?.rows[0]?.[0];
  if (canWrite === undefined) return 'This session is read-only by transaction.\n';
  return `This session is read-only by transaction${canWrite === 'f' ? ' and by role' : ', not by role'}.\n`;
}
