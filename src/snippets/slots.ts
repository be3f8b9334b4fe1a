import type { Slot, Snippet } from './snippet.ts';

// The type follows its colon at once: `{{value: 10:30}}` is the value 10:30. Braces in quotes and at the end belong to the default.
const slotPattern = /\{\{(\w+)(?::(\w+)(?=:))?:\s*((?:'[^']*'|.)*?)\s*\}\}(?!\})/gs;

/** The slots of a body, each once. */
export function findSlots(body: string): readonly Slot[] {
  const slots = new Map<string, Slot>();
  for (const [text, kind = '', type, fallback = ''] of body.matchAll(slotPattern)) slots.set(text, { text, kind, type, fallback });
  return [...slots.values()];
}

/** The SQL with the n-th slot replaced by the n-th value, or by its default where none is given. */
export function fillSlots(snippet: Pick<Snippet, 'body' | 'slots'>, values: readonly (string | undefined)[] = []): string {
  const filled = new Map(snippet.slots.map((slot, index) => [slot.text, values[index] ?? slot.fallback]));
  return snippet.body.replace(slotPattern, (text) => filled.get(text) ?? text);
}
