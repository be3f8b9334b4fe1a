/**
 * Makes WebAssembly memory shared, so that another thread can set PostgreSQL's interrupt flags while the backend computes.
 * PGlite is built for memory of its own: each of its modules (side modules such as plpgsql.so too, or linking fails) has the
 * import of `env.memory` rewritten, and the memory it is given is created shared.
 */

const importSection = 2;
const maximumPages = 32_768; // 2 GiB, what PGlite itself asks for; a shared memory must name a maximum.

/** A position in a binary module that reads the format's primitives. */
class Reader {
  at: number;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  byte(): number {
    return this.bytes[this.at++] ?? 0;
  }

  /** An unsigned LEB128 number. */
  number(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const next = this.byte();
      value += (next & 0x7f) * scale;
      if (next < 0x80) return value;
      scale *= 128;
    }
  }

  skipName(): void {
    const length = this.number();
    this.at += length;
  }

  /** Limits: flags, minimum and, where flag 1 says so, a maximum. */
  skipLimits(): void {
    const flags = this.byte();
    this.number();
    if (flags & 1) this.number();
  }
}

function leb128(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return bytes;
}

/** Where the limits of the imported memory stand, within an import section that begins at `start`. */
function findMemoryImport(
  module: Uint8Array,
  start: number,
): { readonly from: number; readonly to: number; readonly minimum: number } | undefined {
  const reader = new Reader(module, start);
  for (let left = reader.number(); left > 0; left--) {
    reader.skipName();
    reader.skipName();
    const kind = reader.byte();
    if (kind === 2) {
      const from = reader.at;
      const flags = reader.byte();
      if (flags & 2) return undefined;
      const minimum = reader.number();
      if (flags & 1) reader.number();
      return { from, to: reader.at, minimum };
    }
    if (kind === 0) reader.number();
    else if (kind === 1) {
      reader.byte();
      reader.skipLimits();
    } else reader.at += 2; // a global: value type, mutability; a tag: attribute, type
  }
  return undefined;
}

/** The module with its imported memory declared shared; the module itself where it imports none, or a shared one. */
export function withSharedMemory(module: Uint8Array): Uint8Array {
  const reader = new Reader(module, 8); // past the magic number and the version
  while (reader.at < module.length) {
    const sectionStart = reader.at;
    const id = reader.byte();
    const length = reader.number();
    const bodyStart = reader.at;
    if (id !== importSection) {
      reader.at = bodyStart + length;
      continue;
    }
    const found = findMemoryImport(module, bodyStart);
    if (found === undefined) return module;
    const limits = Uint8Array.from([3, ...leb128(found.minimum), ...leb128(maximumPages)]);
    const bodyLength = length - (found.to - found.from) + limits.length;
    return Buffer.concat([
      module.subarray(0, sectionStart),
      Uint8Array.from([importSection, ...leb128(bodyLength)]),
      module.subarray(bodyStart, found.from),
      limits,
      module.subarray(found.to),
    ]);
  }
  return module;
}

type WasmSource = ArrayBuffer | ArrayBufferView;
type Instantiate = (source: WasmSource | object, imports?: object) => Promise<unknown>;

/** The part of WebAssembly that PGlite uses; Node's types leave it out. */
interface WebAssemblyApi {
  Memory: new (descriptor: object) => object;
  Module: new (source: WasmSource) => object;
  compile: (source: WasmSource) => Promise<object>;
  instantiate: Instantiate;
}

function isSource(source: unknown): source is WasmSource {
  return source instanceof ArrayBuffer || ArrayBuffer.isView(source);
}

function shared(source: WasmSource): Uint8Array {
  const bytes = ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
  return withSharedMemory(bytes);
}

/** Random bytes cannot be drawn straight into shared memory: they take a detour. */
function allowSharedRandom(): void {
  const draw = crypto.getRandomValues.bind(crypto);
  crypto.getRandomValues = (<T extends ArrayBufferView>(target: T): T => {
    if (!(target.buffer instanceof SharedArrayBuffer)) return draw(target as never) as unknown as T;
    const bytes = draw(new Uint8Array(target.byteLength));
    new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(bytes);
    return target;
  }) as typeof crypto.getRandomValues;
}

/** Patches this thread's WebAssembly. Only ever called in the engine's own worker. */
export function installSharedMemory(): void {
  const api = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
  const { Memory, Module, compile, instantiate } = api;
  api.Memory = new Proxy(Memory, { construct: (target, [descriptor]) => new target({ ...descriptor, shared: true }) });
  api.Module = new Proxy(Module, { construct: (target, [source]) => new target(shared(source)) });
  api.compile = (source) => compile(shared(source));
  api.instantiate = (source, imports) => instantiate(isSource(source) ? shared(source) : source, imports);
  allowSharedRandom();
}
