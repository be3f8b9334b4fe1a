import type { ServerError } from '../../result/server-error.ts';
import { untrusted } from '../../text/untrusted.ts';

/** A refusal in the shape of a server's: read_only_sql_transaction. */
export function ownError(text: string): ServerError {
  return { severity: untrusted('ERROR'), severityCode: untrusted('ERROR'), code: untrusted('25006'), message: untrusted(text) };
}

/** Something the user must know, in the shape of a server's warning. */
export function ownNotice(text: string): ServerError {
  return { severity: untrusted('WARNING'), severityCode: untrusted('WARNING'), code: untrusted('01000'), message: untrusted(text) };
}
