import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseScene } from './parse-scene.ts';
import type { Scene } from './scene.ts';

/** The scenes of a folder in their order. A file that is none is left out. */
export async function loadScenes(folder: string): Promise<readonly Scene[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql'));
  const parsed = await Promise.all(
    names.map(async (name) => parseScene(name.slice(0, -'.sql'.length), await readFile(join(folder, name), 'utf8'))),
  );
  return parsed.flatMap((file) => (file.ok ? [file.scene] : [])).sort((a, b) => a.order - b.order);
}
