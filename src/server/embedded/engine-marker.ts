import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomicSync } from '../../system/atomic-file.ts';
import type { Seed, SeedFacts } from './seed.ts';

/** What `engine.json` beside a data directory says of it. */
export interface EngineMarker {
  /** The PGlite that opened it last; undefined: not known. */
  readonly engine: string | undefined;
  /** What the seed it came from held. */
  readonly facts: SeedFacts;
  /** The export of the user's own tables was written when the last session ended. */
  readonly isExported: boolean;
}

export const markerName = 'engine.json';

export function readMarker(folder: string, seed: Seed): EngineMarker {
  try {
    const { engine, facts, isExported } = JSON.parse(readFileSync(join(folder, markerName), 'utf8')) as Partial<EngineMarker>;
    const isVersion = typeof engine === 'string' && /^[\w.-]+$/.test(engine);
    return { engine: isVersion ? engine : undefined, facts: facts ?? seed.facts, isExported: isExported === true };
  } catch {
    return { engine: undefined, facts: seed.facts, isExported: false };
  }
}

export function writeMarker(folder: string, seed: Seed, marker: Omit<EngineMarker, 'engine'>): void {
  const { engine, postgres } = seed;
  writeFileAtomicSync(join(folder, markerName), `${JSON.stringify({ engine, postgres, ...marker })}\n`);
}
