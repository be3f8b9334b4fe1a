import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSnippet } from './parse-snippet.ts';
import type { Snippet } from './snippet.ts';

export interface SnippetLibrary {
  /** By topic and then title, topics in the order of a course. */
  readonly snippets: readonly Snippet[];
  /** Files that are not snippets, each with the reason. */
  readonly problems: readonly string[];
}

const course = ['crud', 'joins', 'jsonb', 'cte', 'window', 'transactions'];

/** Reads the *.sql of a folder; one that cannot be read as a snippet does not hide the others. */
export async function loadSnippets(folder: string): Promise<SnippetLibrary> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql'));
  const parsed = await Promise.all(
    names.map(async (name) => parseSnippet(name.slice(0, -'.sql'.length), await readFile(join(folder, name), 'utf8'))),
  );
  return {
    snippets: parsed.flatMap((file) => (file.ok ? [file.snippet] : [])).sort(inCourseOrder),
    problems: parsed.flatMap((file) => (file.ok ? [] : [file.problem])).sort(),
  };
}

function inCourseOrder(a: Snippet, b: Snippet): number {
  const place = (snippet: Snippet) => (course.includes(snippet.topic) ? course.indexOf(snippet.topic) : course.length);
  return place(a) - place(b) || compare(a.topic, b.topic) || compare(a.title, b.title);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
