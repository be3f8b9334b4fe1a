import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { CatalogRows } from '../../../src/commands/context.ts';
import type { Surroundings } from './fake-context.ts';

/** What psql 15 printed for a line. */
export interface RecordedRun {
  readonly line: string;
  readonly output: string;
  readonly complaints: string;
  readonly status: number | null;
}

/** What a PostgreSQL 15 answered and what its psql printed, for machines that have neither. Queries are known by their digests. */
export interface Recording {
  readonly answers: ReadonlyMap<string, CatalogRows>;
  readonly runs: readonly RecordedRun[];
}

const file = new URL('recording-15.jsonl', import.meta.url);

export function digest(sql: string): string {
  return createHash('sha256').update(sql).digest('base64url').slice(0, 16);
}

export function writeRecording({ answers, runs }: Recording): void {
  const lines = [...[...answers].map(([query, rows]) => ({ query, ...rows })), ...runs];
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

export function readRecording(): Recording {
  const lines: readonly (RecordedRun | ({ query: string } & CatalogRows))[] = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return {
    answers: new Map(lines.flatMap((line) => ('query' in line ? [[line.query, line] as const] : []))),
    runs: lines.flatMap((line) => ('query' in line ? [] : [line])),
  };
}

/** Answers from a recording. A query that psql did not send is an error. */
export function replayed({ answers }: Recording): Surroundings {
  const answer = async (sql: string) => {
    const rows = answers.get(digest(sql));
    if (rows === undefined) throw new Error(`psql did not send:\n${sql}`);
    return rows;
  };
  return { version: 150_000, database: 'd', answer };
}
