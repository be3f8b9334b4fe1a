import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { callServer } from './catalog-query.ts';
import type { EngineState } from './engine-state.ts';
import { expandTilde } from './open-target.ts';
import { systemErrorText } from './system-error.ts';

// Bytes that travel at once, twice as many characters on the wire.
const chunkSize = 256 * 1024;

/** libpq's lo_import: a file's bytes as a new large object. Resolves with its object ID. */
export async function importLargeObject(state: EngineState, given: string): Promise<string | undefined> {
  const path = expandTilde(given, state.environment.HOME);
  const file = openFile(state, path, 'r');
  if (file === undefined) return undefined;
  try {
    const object = (await callServer(state, 'SELECT pg_catalog.lo_creat($1)', ['-1']))?.rows[0]?.[0] ?? undefined;
    if (object === undefined) return undefined;
    const chunk = Buffer.allocUnsafe(chunkSize);
    for (let offset = 0; ; ) {
      const length = readSync(file, chunk, 0, chunkSize, null);
      if (length === 0) return object;
      const bytes = `\\x${chunk.toString('hex', 0, length)}`;
      if ((await callServer(state, 'SELECT pg_catalog.lo_put($1, $2, $3)', [object, String(offset), bytes])) === undefined)
        return undefined;
      offset += length;
    }
  } catch (error) {
    state.inform(`could not read from file "${path}": ${systemErrorText(error)}`);
    return undefined;
  } finally {
    closeSync(file);
  }
}

/** libpq's lo_export. False: said why. */
export async function exportLargeObject(state: EngineState, object: number, given: string): Promise<boolean> {
  const path = expandTilde(given, state.environment.HOME);
  // Asked first, as libpq does: what is not there makes no file.
  let bytes = await readChunk(state, object, 0);
  if (bytes === undefined) return false;
  const file = openFile(state, path, 'w');
  if (file === undefined) return false;
  try {
    for (let offset = 0; bytes.length > 0; ) {
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
      if (bytes.length < chunkSize) break;
      offset += bytes.length;
      bytes = await readChunk(state, object, offset);
      if (bytes === undefined) return false;
    }
    return true;
  } catch (error) {
    state.inform(`could not write to file "${path}": ${systemErrorText(error)}`);
    return false;
  } finally {
    closeSync(file);
  }
}

async function readChunk(state: EngineState, object: number, offset: number): Promise<Buffer | undefined> {
  // encode: whatever bytea_output says.
  const sql = "SELECT pg_catalog.encode(pg_catalog.lo_get($1, $2, $3), 'hex')";
  const hex = (await callServer(state, sql, [String(object), String(offset), String(chunkSize)]))?.rows[0]?.[0];
  return hex === undefined || hex === null ? undefined : Buffer.from(hex, 'hex');
}

function openFile(state: EngineState, path: string, mode: 'r' | 'w'): number | undefined {
  try {
    return openSync(path, mode, 0o666);
  } catch (error) {
    state.inform(`could not open file "${path}": ${systemErrorText(error)}`);
    return undefined;
  }
}
