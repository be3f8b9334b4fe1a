import type { ConnectFailure, ConnectOutcome, Session } from '../server/session.ts';
import { untrusted } from '../text/untrusted.ts';
import { openPractice } from './open-practice.ts';

/** Where \c wants to go. */
interface Request {
  readonly database?: string | undefined;
  readonly user?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly isConninfo?: boolean | undefined;
  readonly reusePrevious: boolean;
  readonly previous?: Session | undefined;
}

/** Whether \c, on the embedded engine, names no server. */
export function staysInPractice({ host, port, isConninfo, reusePrevious, previous }: Request): boolean {
  return previous?.info.security === 'embedded' && reusePrevious && host === undefined && port === undefined && isConninfo !== true;
}

/**
 * \c from a practice database to itself: the engine has one session at a time, so the one there is closes first (its temporary
 * tables and settings go, as with any new connection). Every other name is refused before anything closes.
 */
export async function reconnectPractice(previous: Session, request: Request, programName: string): Promise<ConnectOutcome> {
  const { database, user, address } = previous.info;
  if (request.database !== undefined && request.database !== database) {
    return refused(`database "${request.database}" does not exist here: the embedded engine holds "${database}" alone`);
  }
  if (request.user !== undefined && request.user !== user) {
    return refused(`role "${request.user}" cannot connect here: the embedded engine knows "${user}" alone (SET ROLE takes on another)`);
  }
  if (address === 'memory') return refused('this is a throw-away copy in memory: a new connection would find nothing of it');
  await previous.close();
  const opened = await openPractice({ name: database, programName });
  return opened.ok ? { ok: true, session: opened.session } : opened;
}

function refused(text: string): ConnectFailure {
  return { ok: false, text: untrusted(text), kind: 'bad-target' };
}
