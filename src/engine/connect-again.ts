import { describePlace, tlsText } from '../commands/connection-commands.ts';
import type { ConnectRequest } from '../commands/control-context.ts';
import type { ConnectOutcome, Session } from '../server/session.ts';
import type { EngineState } from './engine-state.ts';
import { followSession } from './session-variables.ts';

/** \c (psql's do_connect). A script that cannot connect loses the connection it had; a person keeps it. */
export async function connectAgain(
  state: EngineState,
  connect: (request: ConnectRequest) => Promise<ConnectOutcome>,
  request: ConnectRequest,
  isPrompting: boolean,
): Promise<boolean> {
  const old = state.session;
  const outcome = await connect(request);
  if (!outcome.ok) {
    // Whoever was asked, and stayed, keeps the session in a script too.
    await refused(state, old, outcome.text, isPrompting || outcome.kind === 'declined');
    return false;
  }
  const { session } = outcome;
  state.session = session;
  followSession(state.variables, session);
  await state.emit({ type: 'session', session });
  if (!state.settings.quiet) await state.say(connectedText(old, session));
  await old?.close();
  return true;
}

async function refused(state: EngineState, old: Session | undefined, text: string, isPrompting: boolean): Promise<void> {
  if (isPrompting) {
    state.inform(text);
    if (old !== undefined) state.inform('Previous connection kept');
    return;
  }
  state.complain(`\\connect: ${text}`);
  if (old === undefined) return;
  state.session = undefined;
  followSession(state.variables, undefined);
  await state.emit({ type: 'session', session: undefined, reason: `\\connect: ${text}` });
  await old.close();
}

function connectedText(old: Session | undefined, session: Session): string {
  const { info } = session;
  const who = `You are now connected to database "${info.database}" as user "${info.user}"`;
  const isSamePlace = old !== undefined && old.info.host === info.host && old.info.port === info.port && old.info.address === info.address;
  return isSamePlace ? `${who}.\n` : `${tlsText(session)}${who} ${describePlace(info)}.\n`;
}
