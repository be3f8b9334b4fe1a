import { findSlots } from './slots.ts';
import type { Snippet } from './snippet.ts';

export type ParsedSnippet = { readonly ok: true; readonly snippet: Snippet } | { readonly ok: false; readonly problem: string };

const required = ['title', 'topic', 'words', 'database', 'needs', 'changes', 'why'] as const;
type Key = (typeof required)[number];

/** Reads one file: lines `-- key: value` (a line that is indented further goes on), then the SQL. */
export function parseSnippet(name: string, text: string): ParsedSnippet {
  const lines = text.split(/\r?\n/);
  const fields = new Map<string, string>();
  let key: string | undefined;
  let at = 0;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const start = /^-- (\w+): ?(.*)$/.exec(line);
    const more = /^-- {2,}(.*)$/.exec(line);
    if (start !== null) {
      key = start[1] ?? '';
      fields.set(key, start[2] ?? '');
    } else if (more !== null && key !== undefined) fields.set(key, `${fields.get(key)} ${more[1]}`);
    else break;
  }
  const missing = required.find((field) => (fields.get(field) ?? '').trim() === '');
  if (missing !== undefined) return { ok: false, problem: `${name}: no ${missing} in front of the SQL` };
  const unknown = [...fields.keys()].find((field) => !(required as readonly string[]).includes(field));
  if (unknown !== undefined) return { ok: false, problem: `${name}: unknown field ${unknown}` };
  const field = (of: Key) => (fields.get(of) ?? '').trim();
  const needs = field('needs');
  if (needs !== 'any' && needs !== 'server') return { ok: false, problem: `${name}: needs is any or server, not ${needs}` };
  const changes = field('changes');
  if (changes !== 'yes' && changes !== 'no') return { ok: false, problem: `${name}: changes is yes or no, not ${changes}` };
  const body = lines.slice(at).join('\n').trim();
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
