import { join } from 'node:path';
import { type EmbeddedFailure, type EmbeddedSession, openEmbeddedSession } from '../server/embedded/embedded-session.ts';
import { findSeed } from '../server/embedded/seed.ts';
import { appPaths } from '../system/paths.ts';
import { untrusted } from '../text/untrusted.ts';
import { packageFolders } from './package-folders.ts';

export interface OpenPracticeOptions {
  readonly name: string;
  readonly programName: string;
  /** A throw-away copy instead of the kept one. */
  readonly inMemory?: boolean;
  readonly startupParameters?: Readonly<Record<string, string>>;
  readonly onCrash?: (reason: string) => void;
}

/** Where this user's copy of a practice database lives. */
export async function practiceFolder(name: string): Promise<string> {
  return join((await appPaths()).data, 'practice', name);
}

/** Opens a practice database on the embedded engine; the first time it is unpacked. */
export async function openPractice(options: OpenPracticeOptions): Promise<EmbeddedSession | EmbeddedFailure> {
  const { name, inMemory, ...session } = options;
  const { seeds } = packageFolders();
  const seed = findSeed(seeds, name);
  if (seed === undefined) {
    const text = untrusted(`the practice database "${name}" is not in ${seeds}`);
    return { ok: false, kind: 'embedded', text, advice: 'Run npm run build, or install the package again.' };
  }
  const folder = inMemory === true ? 'memory' : await practiceFolder(name);
  return await openEmbeddedSession({ ...session, folder, seed, database: name });
}
