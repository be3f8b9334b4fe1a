import { cellBytes } from '../result/row-batch.ts';
import { connectReasons } from './connect-messages.ts';
import type { Session } from './session.ts';
import type { ConnectionTarget } from './target.ts';

type Attributes = NonNullable<ConnectionTarget['targetSessionAttrs']>;

/** Why a server is not the kind that target_session_attrs asks for, in libpq's words; undefined where it is. */
export async function attributeMismatch(session: Session, wanted: Attributes): Promise<string | undefined> {
  switch (wanted) {
    case 'any':
      return undefined;
    case 'read-write':
      return (await isReadOnly(session)) ? connectReasons.readOnly : undefined;
    case 'read-only':
      return (await isReadOnly(session)) ? undefined : connectReasons.notReadOnly;
    case 'primary':
      return (await isStandby(session)) ? connectReasons.inHotStandby : undefined;
    case 'standby':
    case 'prefer-standby':
      return (await isStandby(session)) ? undefined : connectReasons.notInHotStandby;
  }
}

/** Servers since 14 tell both when a session begins; older ones are asked, as libpq asks them. */
async function isReadOnly(session: Session): Promise<boolean> {
  const byDefault = session.parameters.get('default_transaction_read_only');
  const standby = session.parameters.get('in_hot_standby');
  if (byDefault !== undefined && standby !== undefined) return byDefault === 'on' || standby === 'on';
  return (await firstCell(session, 'SHOW transaction_read_only')) === 'on';
}

async function isStandby(session: Session): Promise<boolean> {
  const standby = session.parameters.get('in_hot_standby');
  if (standby !== undefined) return standby === 'on';
  return (await firstCell(session, 'SELECT pg_catalog.pg_is_in_recovery()')) === 't';
}

async function firstCell(session: Session, sql: string): Promise<string | undefined> {
  let text: string | undefined;
  for await (const event of session.run({ sql })) {
    if (event.type === 'rows') text ??= cellBytes(event.batch, 0, 0)?.toString();
  }
  return text;
}
