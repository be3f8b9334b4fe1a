import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { homeFolder } from './paths.ts';

/** Paths that begin with what was typed; folders end in a slash. */
export function listFiles(typed: string): readonly string[] {
  const cut = typed.lastIndexOf('/') + 1;
  const folder = typed.slice(0, cut);
  const start = typed.slice(cut);
  const located = folder.replace(/^~(?=\/)/, homeFolder());
  try {
    const names = readdirSync(located === '' ? '.' : located);
    return names
      .filter((name) => name.startsWith(start) && (start !== '' || !name.startsWith('.')))
      .map((name) => folder + name + slash(located, name));
  } catch {
    return [];
  }
}

function slash(folder: string, name: string): string {
  try {
    return statSync(join(folder === '' ? '.' : folder, name)).isDirectory() ? '/' : '';
  } catch {
    return '';
  }
}
