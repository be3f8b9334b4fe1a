declare module 'proper-lockfile' {
  interface LockOptions {
    readonly stale?: number;
    readonly update?: number;
    readonly realpath?: boolean;
    readonly onCompromised?: (error: Error) => void;
  }
  interface ProperLockfile {
    readonly lock: (path: string, options?: LockOptions) => Promise<() => Promise<void>>;
  }
  const properLockfile: ProperLockfile;
  // A CommonJS module: bundled, it has no named exports.
  export = properLockfile;
}
