import { openSync } from 'node:fs';
import { DescriptorSource, standardInputScript } from './descriptor-source.ts';
import type { EngineState } from './engine-state.ts';
import type { InputSource } from './input-source.ts';
import { systemErrorText } from './system-error.ts';

/** A file to read statements from, `-` being standard input; undefined where it cannot be opened, which has been said then. */
export function openScript(state: EngineState, path: string): InputSource | undefined {
  if (path === '-') return standardInputScript('<stdin>');
  try {
    return new DescriptorSource(openSync(path, 'r'), path, true);
  } catch (error) {
    state.complain(`${path}: ${systemErrorText(error)}`);
  }
  return undefined;
}
