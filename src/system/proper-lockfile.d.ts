declare module 'proper-lockfile' {
  interface LockOptions {
    readonly stale?: number;
    readonly update?: number;
    readonly realpath?: boolean;
    readonly onCompromised?: (error: Error) => void;
  }
  export function lock(path: string, options?: LockOptions): Promise<() => Promise<void>>;
}
