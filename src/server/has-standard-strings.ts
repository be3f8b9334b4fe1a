import type { Session } from './session.ts';

/** Whether a backslash is an ordinary character in the session's string literals, as it is where nothing is known of it. */
export function hasStandardStrings(session: Pick<Session, 'parameters'> | undefined): boolean {
  return session?.parameters.get('standard_conforming_strings') !== 'off';
}
