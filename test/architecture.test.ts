import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';

// The table of src/README.md: a folder imports itself and the floors below it.
const floors: readonly (readonly string[])[] = [
  ['system', 'text'],
  ['sql', 'result'],
  ['server', 'catalog', 'print', 'plan', 'profiles', 'snippets'],
  ['commands', 'complete', 'practice'],
  ['engine'],
  ['workbench', 'batch'],
  ['ui'],
];
// Nothing in these touches the world: no node: module, no process.
const pure = ['text', 'sql', 'result', 'catalog', 'print', 'plan', 'complete'];
const pureModules = ['node:buffer'];
const onlyIn: Readonly<Record<string, string>> = {
  react: 'ui',
  ink: 'ui',
  pg: 'server',
  'node:net': 'server',
  'node:tls': 'server',
  '@electric-sql/pglite': 'server',
};

const source = resolve(import.meta.dirname, '../src');

interface SourceFile {
  readonly path: string;
  readonly folder: string;
  readonly imports: readonly string[];
  readonly text: string;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

function read(path: string, root: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  const { module } = parseSync(path, text);
  const dynamic = module.dynamicImports.map((found) => text.slice(found.moduleRequest.start + 1, found.moduleRequest.end - 1));
  const still = module.staticImports.map((found) => found.moduleRequest.value);
  const exported = module.staticExports.flatMap((found) => found.entries.flatMap((entry) => entry.moduleRequest?.value ?? []));
  const name = relative(root, path);
  return { path, folder: name.includes('/') ? (name.split('/')[0] ?? '') : '', imports: [...still, ...exported, ...dynamic], text };
}

function floorOf(folder: string): number {
  return folder === '' ? floors.length : floors.findIndex((floor) => floor.includes(folder));
}

function violations(root: string): string[] {
  const found: string[] = [];
  for (const path of filesBelow(root)) {
    const file = read(path, root);
    const complain = (what: string) => found.push(`${relative(root, path)}: ${what}`);
    if (floorOf(file.folder) < 0) complain(`folder ${file.folder} is not in the table`);
    for (const name of file.imports) {
      if (name.startsWith('.')) {
        const target = relative(root, resolve(dirname(path), name)).split('/')[0] ?? '';
        if (target !== file.folder && floorOf(target) >= floorOf(file.folder)) complain(`imports ${target}`);
        continue;
      }
      const packageName = name.startsWith('node:')
        ? name
        : name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/');
      const owner = onlyIn[packageName];
      if (owner !== undefined && owner !== file.folder) complain(`imports ${packageName}, which only ${owner} may`);
      if (pure.includes(file.folder) && name.startsWith('node:') && !pureModules.includes(name)) complain(`is pure but imports ${name}`);
    }
    if (pure.includes(file.folder) && /(?<![.\w])process\./.test(file.text)) complain('is pure but reads process');
  }
  return found;
}

function cycles(root: string): string[] {
  const graph = new Map(
    filesBelow(root).map((path) => [
      path,
      read(path, root)
        .imports.filter((name) => name.startsWith('.'))
        .map((name) => resolve(dirname(path), name)),
    ]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      found.push([...trail.slice(trail.indexOf(path)), path].map((step) => relative(root, step)).join(' -> '));
      return;
    }
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}

test('folders import only themselves and the floors below', () => {
  expect(violations(source)).toEqual([]);
});

test('there are no import cycles', () => {
  expect(cycles(source)).toEqual([]);
});

test('the table and the code name the same folders', () => {
  const table = readFileSync(join(source, 'README.md'), 'utf8');
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    if (entry.isDirectory()) expect(table).toContain(`src/${entry.name}/`);
  }
});

test('a planted violation is found', () => {
  const root = mkdtempSync(join(tmpdir(), 'howdah-architecture-'));
  const plant = (name: string, text: string) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  plant(
    'text/bad.ts',
    "import { readFileSync } from 'node:fs';\nimport { x } from '../engine/x.ts';\nexport const y = [readFileSync, x];\n",
  );
  plant('engine/x.ts', "import { y } from '../text/bad.ts';\nimport React from 'react';\nexport const x = [y, React];\n");
  expect(violations(root).sort()).toEqual([
    'engine/x.ts: imports react, which only ui may',
    'text/bad.ts: imports engine',
    'text/bad.ts: is pure but imports node:fs',
  ]);
  expect(cycles(root)).toHaveLength(1);
});
