import { createRowStore } from '../../../src/result/create-row-store.ts';
import { packRows } from '../../../src/result/row-batch.ts';
import { textOf } from '../../../src/text/text-value.ts';
import { activeBuffer } from '../../../src/workbench/buffers.ts';
import { widen } from '../../../src/workbench/cell-text.ts';
import type { SessionFacts } from '../../../src/workbench/connection.ts';
import type { Effect } from '../../../src/workbench/effect.ts';
import type { Message } from '../../../src/workbench/message.ts';
import type { Model } from '../../../src/workbench/model.ts';
import type { RowsContent } from '../../../src/workbench/results.ts';
import { firstModel, update } from '../../../src/workbench/update.ts';

const facts: SessionFacts = {
  profile: 'vendorpay',
  environment: 'development',
  user: 'app',
  host: 'localhost',
  database: 'vendorpay',
  version: '15.18',
  security: 'verified-full',
};

/** A workbench with an open session. */
export function openModel(columns = 80, rows = 24, changed: Partial<SessionFacts> = {}): Model {
  const first = firstModel('howdah', { columns, rows }, 'work', 0);
  return update(first, { type: 'connected', facts: { ...facts, ...changed }, status: 'idle', now: 0 }).model;
}

export interface Outcome {
  readonly model: Model;
  readonly effects: readonly Effect[];
}

/** Sends messages one after the other and collects what they want done. */
export function send(model: Model, ...messages: readonly Message[]): Outcome {
  let current = model;
  const effects: Effect[] = [];
  for (const message of messages) {
    const step = update(current, message);
    current = step.model;
    effects.push(...step.effects);
  }
  return { model: current, effects };
}

/** Keys as a person presses them: chords in angle brackets, the rest typed: `select 1;<enter>`. */
export function press(model: Model, keys: string): Outcome {
  const messages = [...keys.matchAll(/<([^<>\s]+)>|([^<]+|<)/gs)].map(
    ([, chord, text]): Message => ({
      type: 'key',
      now: 0,
      event: chord === undefined ? { type: 'text', text: text ?? '' } : { type: 'chord', chord },
    }),
  );
  return send(model, ...messages);
}

/** The focused buffer's text, `▏` where the cursor is. */
export function editorText(model: Model): string {
  const { value } = activeBuffer(model.buffers);
  const { line, column } = value.cursor;
  const lines = textOf(value).split('\n');
  lines[line] = `${lines[line]?.slice(0, column)}▏${lines[line]?.slice(column)}`;
  return lines.join('\n');
}

const noSpool = () => {
  throw new Error('small results need no spool');
};

/** A finished result of text cells. */
export function rowsContent(names: readonly string[], rows: readonly (readonly (string | null)[])[]): RowsContent {
  const store = createRowStore(names.length, noSpool);
  const batch = packRows(
    names.length,
    rows.map((row) => row.map((cell) => (cell === null ? null : Buffer.from(cell)))),
  );
  void store.append(batch);
  return {
    type: 'rows',
    columns: names.map((name) => ({ name, align: 'left' })),
    store,
    rowCount: rows.length,
    state: { type: 'complete', milliseconds: 12.4 },
    widths: widen(
      names.map((name) => name.length),
      batch,
    ),
    cursor: { row: 0, column: 0 },
    top: 0,
    left: 0,
    isExpanded: false,
    nullText: undefined,
    footers: [],
  };
}

/** `rows` rows of four columns: number, name, null, a wide one. */
export function numberedRows(rows: number): RowsContent {
  const cells = Array.from({ length: rows }, (_, row) => [String(row + 1), `name ${row + 1}`, null, 'x'.repeat(40)]);
  return rowsContent(['id', 'name', 'gone', 'wide'], cells);
}
