import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
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

/**
 * V8 recompiles a WebAssembly function that has run for a while by its optimizing compiler. PostgreSQL's largest, 105 kB of code, is due
 * at the first statement already: 2 s of another core, for which the end of the program waits, and 600 MB and more. Without, a long
 * computation takes up to twice as long.
 */
function keepFromOptimizing(): void {
  for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
}

async function load(isShared: boolean): Promise<object> {
  keepFromOptimizing();
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const bytes = await readFile(join(entry, '../pglite.wasm'));
  return await compile(isShared ? withSharedMemory(bytes) : bytes);
}
