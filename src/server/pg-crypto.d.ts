/** The parts of pg that a handshake needs; @types/pg does not describe them. CommonJS: bundled, it has a default export only. */
declare module 'pg/lib/crypto/sasl.js' {
  import type { TLSSocket } from 'node:tls';

  interface ScramSession {
    readonly mechanism: string;
    /** What to send next. */
    readonly response: string;
  }
  /** The socket asks for channel binding where the server offers it; false tells the server that we do not know it. */
  function startSession(mechanisms: readonly string[], socket: TLSSocket | false, maximumIterations: number): ScramSession;
  function continueSession(session: ScramSession, password: string, data: string, socket: TLSSocket | false): Promise<void>;
  function finalizeSession(session: ScramSession, data: string): void;

  const exported: {
    readonly startSession: typeof startSession;
    readonly continueSession: typeof continueSession;
    readonly finalizeSession: typeof finalizeSession;
  };

  export { exported as default };
}

declare module 'pg/lib/crypto/utils.js' {
  function postgresMd5PasswordHash(user: string, password: string, salt: Buffer): Promise<string>;

  const exported: { readonly postgresMd5PasswordHash: typeof postgresMd5PasswordHash };

  export { exported as default };
}
