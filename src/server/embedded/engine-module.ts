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
 * V8 optimizes a function once it has run about so many bytes of it. With V8's own 13 million PostgreSQL's largest function, 105 kB of
 * code, is due at the first statement already: 2 s of another core, for which the end of the program waits, and 600 MB and more. This
 * many, the most that V8 takes, only a long computation runs.
 */
const tieringBudget = 2_000_000_000;

async function load(isShared: boolean): Promise<object> {
  setFlagsFromString(`--wasm-tiering-budget=${tieringBudget}`);
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const bytes = await readFile(join(entry, '../pglite.wasm'));
  return await compile(isShared ? withSharedMemory(bytes) : bytes);
}
