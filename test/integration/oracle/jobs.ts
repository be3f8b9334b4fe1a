import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeLossless, encodeLossless } from '../../../src/text/lossless.ts';
import { variables } from './grammar.ts';
import type { RecordingServer } from './recording-server.ts';

/** Scripts that one process runs one after the other: starting a process for each would take most of the time. */
export interface Job {
  readonly database: string;
  readonly folder: string;
  readonly args: readonly string[];
}

/** What came of one script. */
export interface ScriptOutcome {
  readonly statements: readonly string[];
  /** On standard output and standard error. */
  readonly said: string;
}

export interface JobOutcome {
  readonly scripts: readonly ScriptOutcome[];
  readonly status: string;
  /** What the scripts wrote. */
  readonly files: Readonly<Record<string, string>>;
}

const scriptsOfJob = 50;
const statusLine = /==== status (\d+)\n/;

const included: Readonly<Record<string, string>> = {
  'whole.sql': 'select :v;\n\\echo :v `echo i`\nboom;\n',
  'open.sql': "select '\n\\p\n;",
  'block.sql': '\\if true\n select (\n',
};

/** Scripts on disk, for both programs to run. */
export class JobFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'howdah-oracle-'));
  readonly #count: number;

  constructor(scripts: readonly string[]) {
    this.#count = scripts.length;
    for (const name of ['bin', 'scripts']) mkdirSync(join(this.path, name));
    // All that a shell finds.
    for (const name of ['cat', 'sh']) symlinkSync(`/bin/${name}`, join(this.path, 'bin', name));
    writeFileSync(join(this.path, 'start.sql'), startScript);
    for (const [number, script] of scripts.entries()) writeFileSync(this.script(number), encodeLossless(script));
  }

  get environment(): Readonly<Record<string, string>> {
    return { PATH: join(this.path, 'bin'), LC_ALL: 'C.UTF-8', HOME: '/nonexistent/x', PGSSLMODE: 'disable', PGGSSENCMODE: 'disable' };
  }

  script(number: number): string {
    return join(this.path, `scripts/${number}.sql`);
  }

  /** In every fourth, strings are not standard conforming. */
  jobs(program: 'psql' | 'engine'): readonly Job[] {
    return Array.from({ length: Math.ceil(this.#count / scriptsOfJob) }, (_, number) => {
      const folder = join(this.path, program, String(number), 'work');
      mkdirSync(folder, { recursive: true });
      for (const [name, text] of Object.entries(included)) writeFileSync(join(folder, '..', name), text);
      const first = number * scriptsOfJob;
      const scripts = Array.from({ length: Math.min(scriptsOfJob, this.#count - first) }, (_script, index) => first + index);
      const steps = scripts.flatMap((script) => [...this.#start(String(script)), '-f', `../../../scripts/${script}.sql`]);
      const database = `${program}${number}${number % 4 === 3 ? '-off' : ''}`;
      return { database, folder, args: ['-X', '-q', ...steps, ...this.#start('end')] };
    });
  }

  /** Makes variables and settings what they were, and tells server and transcript what begins. */
  #start(what: string): string[] {
    return ['-f', '../../../start.sql', '-c', `input ${what}`];
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** Of what all jobs said, and the server has recorded. */
export function outcomes(jobs: readonly Job[], said: Buffer, server: RecordingServer): readonly JobOutcome[] {
  const parts = decodeLossless(said).split(statusLine);
  return jobs.map((job, number) => {
    const texts = masked(parts[number * 2] ?? '').split(/NOTICE: {2}input \w+\n/);
    const statements = split(server.take(job.database));
    const scripts = texts.slice(1, -1).map((text, index) => ({ statements: statements[index] ?? [], said: text }));
    const names = readdirSync(job.folder).sort();
    const files = Object.fromEntries(names.map((name) => [name, decodeLossless(readFileSync(join(job.folder, name)))]));
    return { scripts, status: parts[number * 2 + 1] ?? 'none', files };
  });
}

function split(all: readonly string[]): readonly (readonly string[])[] {
  const statements: string[][] = [];
  for (const statement of all) {
    if (/^input \w+$/.test(statement)) statements.push([]);
    else statements.at(-1)?.push(statement);
  }
  return statements;
}

/** Without what \set and \? tell of the program and the connection. */
export function masked(text: string): string {
  return text.replace(/^(DBNAME|PORT|VERSION\w*) = .*$/gm, '$1').replace(/\(currently "[^"]*"\)/g, '(currently)');
}

const escaped = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\n', '\\n')}'`;

const settings = `ECHO none, QUIET on, SINGLELINE off, SINGLESTEP off, AUTOCOMMIT on, ON_ERROR_ROLLBACK off, VERBOSITY default,
  SHOW_CONTEXT errors, SHOW_ALL_RESULTS on`;
const printing = `format aligned, expanded off, tuples_only off, null '', fieldsep '|', border 1, title, footer on`;

const startScript = [
  ...settings.split(/,\s*/).map((setting) => `\\set ${setting}`),
  ...Object.entries(variables).map(([name, value]) => `\\set ${name} ${escaped(value)}`),
  ...printing.split(/,\s*/).map((option) => `\\pset ${option}`),
  '\\o',
  '',
].join('\n');
