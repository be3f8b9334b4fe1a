import { poolingOf, processQuery, readTraits, type ServerTraits, traitsQuery } from '../catalog/server-traits.ts';
import type { ConnectOutcome, Session } from '../server/session.ts';
import { query, type SideSession } from './side-session.ts';

export interface ProbeHost {
  readonly side: SideSession;
  /** A third connection, for a moment, where a pooler is suspected. */
  open(): Promise<ConnectOutcome | undefined> | undefined;
}

/**
 * What the server is like, asked on the second connection, which goes the same way. Nothing runs on the session itself. Undefined: the
 * second connection is not to be had.
 */
export async function probeServer({ side, open }: ProbeHost, session: Session): Promise<ServerTraits | undefined> {
  const answer = await side.ask(traitsQuery(session.info.processId));
  const told = side.info?.processId;
  if (!answer.ok || told === undefined) return undefined;
  const { processId, isStandby, isSeen } = readTraits(answer);
  if (processId === told) return { isStandby, isSeen, pooling: 'none' };
  const second = await processOfAnother(open);
  const again = await side.ask(processQuery);
  const first = again.ok ? [processId, processOf(again.rows)] : [processId];
  return { isStandby, isSeen: false, pooling: poolingOf(told, first, second) };
}

async function processOfAnother(open: ProbeHost['open']): Promise<number | undefined> {
  const outcome = await open();
  if (outcome?.ok !== true) return undefined;
  const answer = await query(outcome.session, processQuery);
  await outcome.session.close();
  return answer.ok ? processOf(answer.rows) : undefined;
}

function processOf(rows: readonly (readonly (string | null)[])[]): number {
  return Number(rows[0]?.[0] ?? '0');
}
