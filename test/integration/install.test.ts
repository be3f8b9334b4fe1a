import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { run } from '../support/run.ts';
import { ownNode } from '../support/terminal.ts';

// What a user gets: the package, and the program under a Node that is too old.

const root = join(import.meta.dirname, '../..');
const home = freshHome();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'howdah-install-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  home.remove();
});

// Its registry or its cache: a global install needs one of them for PGlite.
const canInstall =
  spawnSync('npm', ['view', '--prefer-offline', '@electric-sql/pglite@0.5.16', 'version'], { timeout: 20_000, encoding: 'utf8' }).status ===
  0;

describe.skipIf(!canInstall)('the package (skipped where npm reaches neither registry nor cache)', () => {
  test('installs globally into an empty prefix and works', async () => {
    // Without scripts: the build is there, and building here would pull it from under other tests.
    const pack = ['npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder];
    const packed = await run(pack, { folder: root });
    expect(packed.status, packed.stderr).toBe(0);
    // A list up to npm 11, an object by package names from 12 on.
    const [report] = Object.values(JSON.parse(packed.stdout) as Record<string, { filename: string; files: readonly { path: string }[] }>);
    if (report === undefined) throw new Error('npm pack told of no package');
    const { filename, files } = report;
    const paths = files.map(({ path }) => path);
    for (const wanted of ['bin/howdah.js', 'dist/main.js', 'dist/engine-worker.js', 'LICENSE', 'README.md', 'package.json']) {
      expect(paths).toContain(wanted);
    }
    expect(paths.some((path) => path.startsWith('snippets/'))).toBe(true);
    expect(paths.some((path) => path.startsWith('dist/practice/'))).toBe(true);
    expect(paths.filter((path) => /^(?:src|test|\.config)\//.test(path))).toEqual([]);

    const prefix = join(folder, 'prefix');
    mkdirSync(prefix);
    const install = [
      'npm',
      'install',
      '--global',
      '--prefix',
      prefix,
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      join(folder, filename),
    ];
    const installed = await run(install, { folder });
    expect(installed.status, installed.stderr).toBe(0);
    // The installed package brings no Node along: the path has one that is new enough.
    const environment = { ...home.environment, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}` };
    const program = join(prefix, 'bin/howdah');
    const version = await run([program, '--version'], { environment });
    expect(version).toEqual({ stdout: expect.stringMatching(/howdah \d/), stderr: '', status: 0 });
    const answer = await run([program, 'practice', '-A', '-t', '-c', 'select 1'], { environment });
    expect(answer).toEqual({ stdout: '1\n', stderr: '', status: 0 });
  });
});

describe('under a Node that is too old', () => {
  // Any Node that calls itself 20 takes the way an old one takes.
  const asOld = (program: string, ...args: string[]) =>
    run(
      [
        ownNode,
        '--import',
        `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.1.0'}})`,
        program,
        ...args,
      ],
      {
        environment: home.environment,
      },
    );

  test.skipIf(!existsSync(join(root, 'node_modules/node/bin/node')))("runs itself with the checkout's own", async () => {
    const program = join(root, 'bin/howdah.js');
    expect(await asOld(program, '--version')).toEqual({ stdout: expect.stringMatching(/howdah \d/), stderr: '', status: 0 });
    expect((await asOld(program, '--nemo')).status).toBe(1);
  });

  test('says what it needs where there is none', async () => {
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    cpSync(join(root, 'bin'), join(elsewhere, 'bin'), { recursive: true });
    cpSync(join(root, 'package.json'), join(elsewhere, 'package.json'));
    expect(await asOld(join(elsewhere, 'bin/howdah.js'), '--version')).toEqual({
      stdout: '',
      stderr: 'howdah: Node 22 or newer is needed, this is 20.1.0: install it from https://nodejs.org\n',
      status: 1,
    });
  });
});
