import { tlsText } from '../../commands/connection-commands.ts';
import type { Session } from '../../server/session.ts';
import { visible } from '../../text/visible.ts';

const oldestServer = 10;
const newestServer = 18;

/** What an interactive start says (psql's connection_warnings and its greeting); nothing of it under -q. */
export function banner(programName: string, session: Session): string {
  const server = session.parameters.get('server_version') ?? '';
  const shown = server.startsWith('15.18') ? '' : `, server ${visible(server)}`;
  const name = programName === 'howdah' ? 'howdah 0.1.0 (' : `${programName} (howdah 0.1.0, `;
  return `${name}speaks psql 15.18${shown})\n${versionWarning(programName, session)}${tlsText(session)}Type "help" for help.\n\n`;
}

function versionWarning(programName: string, { versionNumber }: Session): string {
  const major = Math.floor(versionNumber / 10_000);
  if (major >= oldestServer && major <= newestServer) return '';
  return `WARNING: ${programName} knows servers ${oldestServer} to ${newestServer}, this is ${major}.\n         Some features might not work.\n`;
}
