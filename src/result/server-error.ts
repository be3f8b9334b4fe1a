import type { Untrusted } from '../text/untrusted.ts';

/** An ErrorResponse or NoticeResponse, all its fields (protocol, section "Error and Notice Message Fields"). Data, never thrown. */
export interface ServerError {
  /** Localized: ERROR, FATAL, PANIC, WARNING, NOTICE, DEBUG, INFO, LOG. */
  readonly severity: Untrusted;
  /** The same, never localized (9.6 and newer). */
  readonly severityCode: Untrusted;
  /** The SQLSTATE. */
  readonly code: Untrusted;
  readonly message: Untrusted;
  readonly detail?: Untrusted;
  readonly hint?: Untrusted;
  /** 1-based, in characters, in the statement that was sent. */
  readonly position?: number;
  readonly internalPosition?: number;
  readonly internalQuery?: Untrusted;
  /** CONTEXT. */
  readonly where?: Untrusted;
  readonly schema?: Untrusted;
  readonly table?: Untrusted;
  readonly column?: Untrusted;
  readonly dataType?: Untrusted;
  readonly constraint?: Untrusted;
  readonly file?: Untrusted;
  readonly line?: Untrusted;
  readonly routine?: Untrusted;
}
