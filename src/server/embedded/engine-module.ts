import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { withSharedMemory } from './shared-memory.ts';

/** The part of WebAssembly that is used here; Node's types leave it out. */
const { compile } = (globalThis as unknown as { WebAssembly: { compile(bytes: Uint8Array): Promise<object> } }).WebAssembly;

const compiled = new Map<boolean, Promise<object>>();

/**
 * PGlite's module, compiled once for all engines of this program. Not for speed alone: code that an engine takes with it when it
 * ends makes V8 abort the process now and then, where the processor has memory protection keys ("Check failed:
 * jit_page.has_value()", https://github.com/nodejs/node/issues/64500).
 */
export function engineModule(isShared: boolean): Promise<object> {
  let module = compiled.get(isShared);
  if (module === undefined) {
    module = load(isShared);
    compiled.set(isShared, module);
  }
  return module;
}

async function load(isShared: boolean): Promise<object> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const bytes = await readFile(join(entry, '../pglite.wasm'));
  return await compile(isShared ? withSharedMemory(bytes) : bytes);
}
