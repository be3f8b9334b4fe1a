// Bundles src into dist. Runs at `npm ci` (prepare) and before packing; where the development packages are missing
// (`npm ci --omit=dev`) there is nothing to build with, and an installed package brings its dist along.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');

async function build() {
  const esbuild = await import('esbuild');
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: { main: 'src/main.ts', 'engine-worker': 'src/server/embedded/engine-worker.ts' },
    outdir: dist,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minify: true,
    keepNames: false,
    // Finds its wasm and data by URL, so it must stay where npm put it.
    external: ['@electric-sql/pglite', 'pg-native'],
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
    // Some bundled packages are CommonJS and call require for Node's own modules.
    banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
    plugins: [emptyDevtools, ownWidths],
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  removeOldChunks(metafile);
  writeFileSync(join(dist, 'LICENSES.txt'), licensesOf(metafile));
  const { buildPractice } = await import('./build-practice.js');
  await buildPractice(dist);
}

/** After the new ones are there: a program that is running loads its chunks when it needs them. */
function removeOldChunks(metafile) {
  const chunks = join(dist, 'chunks');
  for (const name of existsSync(chunks) ? readdirSync(chunks) : []) {
    if (metafile.outputs[`dist/chunks/${name}`] === undefined) rmSync(join(chunks, name));
  }
}

/** Ink imports React's devtools where DEV is set, which the bundle never is. */
const emptyDevtools = {
  name: 'empty-devtools',
  setup(build) {
    build.onResolve({ filter: /^react-devtools-core$/ }, () => ({ path: 'react-devtools-core', namespace: 'empty' }));
    build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {};' }));
  },
};

/**
 * Ink measures every changed row in every frame. By our own count of columns a row is as wide for Ink as it is for who painted
 * it, and a page of the grid takes half as long: string-width looks at each character of a row that is not all ASCII.
 */
const ownWidths = {
  name: 'own-widths',
  setup(build) {
    build.onResolve({ filter: /^string-width$/ }, () => ({ path: 'string-width', namespace: 'own-widths' }));
    build.onLoad({ filter: /.*/, namespace: 'own-widths' }, () => ({ contents: ownWidthSource, resolveDir: root }));
  },
};

const ownWidthSource = `
import { displayWidth } from './src/text/width.ts';
export default (text) => displayWidth(text.replaceAll(/\\x1b\\[[\\d;]*m/g, ''));
`;

/** The licence texts of everything that is in the bundle, as their licences ask. */
function licensesOf(metafile) {
  const packages = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) packages.add(found[1]);
  }
  return [...packages]
    .sort()
    .map(licenseOf)
    .join(`\n${'-'.repeat(80)}\n`);
}

function licenseOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const file = ['LICENSE', 'license', 'LICENSE.md', 'LICENSE.txt', 'licence'].find((candidate) =>
    existsSync(join(root, folder, candidate)),
  );
  const text = file === undefined ? '' : `\n${readFileSync(join(root, folder, file), 'utf8')}`;
  return `${name} ${version} (${license})\n${text}`;
}

if (existsSync(join(root, 'node_modules/esbuild'))) await build();
