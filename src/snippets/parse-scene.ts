import { readFrontMatter } from './front-matter.ts';
import type { Scene, SceneStep } from './scene.ts';

export type ParsedScene = { readonly ok: true; readonly scene: Scene } | { readonly ok: false; readonly problem: string };

/** Reads one file: front matter with title, order and why, then steps: `-- A: what there is to see` or `-- B: …` and their SQL. */
export function parseScene(name: string, text: string): ParsedScene {
  const lines = text.split(/\r?\n/);
  const { fields, end } = readFrontMatter(lines);
  const field = (key: string) => (fields.get(key) ?? '').trim();
  const missing = ['title', 'order', 'why'].find((key) => field(key) === '');
  if (missing !== undefined) return { ok: false, problem: `${name}: no ${missing} in front of the steps` };
  const steps: SceneStep[] = [];
  let at = end;
  while (at < lines.length) {
    if (lines[at]?.trim() === '') {
      at++;
      continue;
    }
    const head = readFrontMatter(lines, at);
    const [[side, note] = ['', '']] = head.fields;
    if ((side !== 'A' && side !== 'B') || head.fields.size !== 1)
      return { ok: false, problem: `${name}: line ${at + 1} is no step: a step begins with "-- A: " or "-- B: "` };
    const begin = head.end;
    at = begin;
    while (at < lines.length && lines[at]?.startsWith('-- ') !== true) at++;
    const sql = lines.slice(begin, at).join('\n').trim();
    if (sql === '') return { ok: false, problem: `${name}: no SQL behind line ${begin}` };
    steps.push({ side, note: note.trim(), sql });
  }
  if (steps.length === 0) return { ok: false, problem: `${name}: no steps` };
  return { ok: true, scene: { name, title: field('title'), order: Number(field('order')), why: field('why'), steps } };
}
