// The parts of pg that a handshake needs; @types/pg does not describe them. CommonJS: bundled, they have a default export only.

declare module 'pg/lib/crypto/sasl.js' {
  import type { TLSSocket } from 'node:tls';

  interface ScramSession {
    readonly mechanism: string;
    /** What to send next. */
    readonly response: string;
  }
  const sasl: {
    /** The socket asks for channel binding where the server offers it; false tells the server that we do not know it. */
    startSession(mechanisms: readonly string[], socket: TLSSocket | false, maximumIterations: number): ScramSession;
    continueSession(session: ScramSession, password: string, data: string, socket: TLSSocket | false): Promise<void>;
    finalizeSession(session: ScramSession, data: string): void;
  };
  export = sasl;
}

declare module 'pg/lib/crypto/utils.js' {
  const utils: { postgresMd5PasswordHash(user: string, password: string, salt: Buffer): Promise<string> };
  export = utils;
}
