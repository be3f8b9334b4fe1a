import { readFrontMatter } from './front-matter.ts';
import { findSlots } from './slots.ts';
import type { Snippet } from './snippet.ts';

export type ParsedSnippet = { readonly ok: true; readonly snippet: Snippet } | { readonly ok: false; readonly problem: string };

const required = ['title', 'topic', 'words', 'database', 'needs', 'changes', 'why'] as const;
type Key = (typeof required)[number];

/** Reads one file: its front matter, then the SQL. */
export function parseSnippet(name: string, text: string): ParsedSnippet {
  const lines = text.split(/\r?\n/);
  const { fields, end } = readFrontMatter(lines);
  const missing = required.find((field) => (fields.get(field) ?? '').trim() === '');
  if (missing !== undefined) return { ok: false, problem: `${name}: no ${missing} in front of the SQL` };
  const unknown = [...fields.keys()].find((field) => !(required as readonly string[]).includes(field));
  if (unknown !== undefined) return { ok: false, problem: `${name}: unknown field ${unknown}` };
  const field = (of: Key) => (fields.get(of) ?? '').trim();
  const needs = field('needs');
  if (needs !== 'any' && needs !== 'server') return { ok: false, problem: `${name}: needs is any or server, not ${needs}` };
  const changes = field('changes');
  if (changes !== 'yes' && changes !== 'no') return { ok: false, problem: `${name}: changes is yes or no, not ${changes}` };
  const body = lines.slice(end).join('\n').trim();
  if (body === '') return { ok: false, problem: `${name}: no SQL after the comment block` };
  const snippet: Snippet = {
    name,
    title: field('title'),
    topic: field('topic'),
    words: field('words').split(/\s+/),
    database: field('database'),
    why: field('why'),
    needs,
    changesData: changes === 'yes',
    body,
    slots: findSlots(body),
  };
  return { ok: true, snippet };
}
