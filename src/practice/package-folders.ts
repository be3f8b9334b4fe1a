import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the package brings along as files. */
export interface PackageFolders {
  /** The library of snippets; the practice databases' SQL is below, in practice/. */
  readonly snippets: string;
  /** The prebuilt data directories. */
  readonly seeds: string;
}

/** Found from this module upwards: the source and the bundle lie at different depths. */
export function packageFolders(): PackageFolders {
  let root = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(root, 'package.json'))) {
    const above = dirname(root);
    if (above === root) throw new Error('the package.json of this program is missing');
    root = above;
  }
  return { snippets: join(root, 'snippets'), seeds: join(root, 'dist/practice') };
}
