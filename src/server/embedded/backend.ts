import type { PGlite } from '@electric-sql/pglite';

/** What is used of PGlite's Emscripten module: the exports its own loop uses, and the addresses of three globals. */
export interface Backend {
  readonly HEAPU8: Uint8Array;
  addFunction(callback: (pointer: number, length: number) => number, signature: string): number;
  stackSave(): number;
  stackRestore(pointer: number): void;
  _pgl_set_rw_cbs(read: number, write: number): void;
  _pgl_getMyProcPort(): number;
  _ProcessStartupPacket(port: number, isTlsDone: number, isGssDone: number): number;
  _pgl_sendConnData(): void;
  _pgl_pq_flush(): void;
  _pq_buffer_remaining_data(): number;
  _PostgresMainLoopOnce(): void;
  _PostgresMainLongJmp(): void;
  _PostgresSendReadyForQueryIfNecessary(): void;
  readonly _InterruptPending?: number;
  readonly _QueryCancelPending?: number;
  readonly _MyLatch?: number;
}

export function backendOf(engine: PGlite): Backend {
  return engine.Module as unknown as Backend;
}

/** A postgres ERROR that was thrown to the main loop, as PGlite carries it through JavaScript: a longjmp. */
export function isServerError(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && (thrown as { status?: unknown }).status === 100;
}
