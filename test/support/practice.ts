import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedSession, type EmbeddedSessionOptions, openEmbeddedSession } from '../../src/server/embedded/embedded-session.ts';
import { findSeed, type Seed } from '../../src/server/embedded/seed.ts';

const dist = join(import.meta.dirname, '../../dist');
// Plain JavaScript, run by the build before there is anything else: it has no types.
const build: { buildPractice(distFolder: string): Promise<void> } = await import(
  String(new URL('../../.config/build-practice.js', import.meta.url))
);

/** The prebuilt vendorpay; built where the checkout has none, or an old one. */
export async function vendorpaySeed(): Promise<Seed> {
  await build.buildPractice(dist);
  const seed = findSeed(join(dist, 'practice'), 'vendorpay');
  if (seed === undefined) throw new Error('the build made no vendorpay');
  return seed;
}

/** A session on vendorpay, in memory unless a folder is named. */
export async function openVendorpay(options: Partial<EmbeddedSessionOptions> = {}): Promise<EmbeddedSession> {
  const seed = await vendorpaySeed();
  const outcome = await openEmbeddedSession({ folder: 'memory', seed, database: 'vendorpay', programName: 'howdah-test', ...options });
  if (!outcome.ok) throw new Error(outcome.text);
  return outcome;
}

export interface ScratchFolder {
  readonly path: string;
  remove(): void;
}

export function scratchFolder(): ScratchFolder {
  const path = mkdtempSync(join(tmpdir(), 'howdah-practice-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
