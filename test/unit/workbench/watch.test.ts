import { expect, test } from 'vitest';
import { defaultPrintOptions } from '../../../src/print/print-options.ts';
import type { Column } from '../../../src/result/column.ts';
import { createRowStore } from '../../../src/result/create-row-store.ts';
import { packRows } from '../../../src/result/row-batch.ts';
import type { RowStore } from '../../../src/result/row-store.ts';
import type { ServerEvent } from '../../../src/result/server-event.ts';
import type { FaceHost } from '../../../src/workbench/face-host.ts';
import type { Message } from '../../../src/workbench/message.ts';
import type { Model } from '../../../src/workbench/model.ts';
import { activeTab, type RowsContent } from '../../../src/workbench/results.ts';
import { changesText, watchTexts } from '../../../src/workbench/watch-text.ts';
import { isWatching } from '../../../src/workbench/watch-update.ts';
import { WorkbenchFace } from '../../../src/workbench/workbench-face.ts';
import { openModel, press, send } from './model-builder.ts';

/** A face whose model is at hand, and the stores that are open. */
class Watched {
  model: Model = openModel();
  readonly open = new Set<RowStore>();
  readonly face: WorkbenchFace;

  constructor() {
    this.face = new WorkbenchFace({
      dispatch: (message: Message) => this.dispatch(message),
      now: () => 0,
      columns: () => 80,
      transaction: () => undefined,
      spoolLimit: () => 1_000_000,
      openStore: (columnCount: number) => this.#openStore(columnCount),
    } as Partial<FaceHost> as FaceHost);
  }

  dispatch(message: Message): void {
    const { model, effects } = send(this.model, message);
    this.model = model;
    for (const effect of effects) {
      if (effect.type !== 'close-stores') continue;
      for (const { content } of effect.tabs) if (content.type === 'rows') this.open.delete(content.store);
    }
  }

  press(keys: string): void {
    this.model = press(this.model, keys).model;
  }

  /** One run of a watched statement: its results, each its column and the cells of it; a text is a command tag alone. */
  run(run: number, ...results: readonly (readonly [column: string, ...cells: readonly string[]] | string)[]): void {
    this.start(run);
    for (const result of results) {
      if (typeof result === 'string') this.#server({ type: 'complete', tag: result as never });
      else {
        const [name, ...cells] = result;
        this.begin(name);
        this.finish(cells);
      }
    }
    void this.face.emit({ type: 'statement-end', milliseconds: 1 });
  }

  start(run: number): void {
    const watch = { title: '', run, seconds: 2, at: 0 };
    void this.face.emit({ type: 'statement', sql: 'select 1', options: defaultPrintOptions, watch });
  }

  finish(cells: readonly string[]): void {
    const rows = cells.map((cell) => [Buffer.from(cell)]);
    this.#server({ type: 'rows', batch: packRows(1, rows) });
    this.#server({ type: 'complete', tag: `SELECT ${cells.length}` as never });
  }

  begin(name: string): void {
    this.#server({ type: 'columns', columns: [{ name, typeOid: 25 } as Column] });
  }

  fail(code: string): void {
    this.#server({ type: 'error', error: { severity: 'ERROR', severityCode: 'ERROR', code, message: 'no' } as never });
  }

  /** What the tabs show, a changed cell marked. */
  get shown(): readonly string[] {
    return this.model.results.tabs.map(({ content }) => {
      if (content.type !== 'rows') return content.type;
      const rows = Array.from({ length: content.rowCount }, (_, row) => {
        const batch = content.store.slice(row, row + 1);
        const at = batch.offsets[0] ?? 0;
        const text = batch.bytes.subarray(at + 4, at + 4 + batch.bytes.readInt32BE(at)).toString();
        return content.watch?.changes?.has(row, 0) ? `•${text}` : text;
      });
      return rows.join(' ');
    });
  }

  get content(): RowsContent {
    const content = activeTab(this.model.results)?.content;
    if (content?.type !== 'rows') throw new Error('no rows are shown');
    return content;
  }

  #server(event: ServerEvent): void {
    void this.face.emit({ type: 'server', event });
  }

  #openStore(columnCount: number): RowStore {
    const store = createRowStore(columnCount, () => {
      throw new Error('small results need no spool');
    });
    const { close } = store;
    const counted: RowStore = Object.assign(store, {
      close: () => {
        this.open.delete(counted);
        close.call(store);
      },
    });
    this.open.add(counted);
    return counted;
  }
}

test('a hundred runs have one tab and one store, the cursor where it was, changed cells marked', () => {
  const watched = new Watched();
  watched.run(1, ['a', '1', '2', '3']);
  watched.press('<f6>jj');
  for (let run = 2; run <= 100; run++) watched.run(run, ['a', '1', String(run), '3']);
  expect(watched.shown).toEqual(['1 •100 3']);
  expect(watched.open.size).toBe(1);
  expect(watched.content).toMatchObject({ cursor: { row: 2, column: 0 }, watch: { run: 100, isOver: false } });
  expect(watched.model.log.entries).toEqual([]);
});

test('while the next run is read the rows before it stay; fewer rows leave the cursor on the last', () => {
  const watched = new Watched();
  watched.run(1, ['a', '1', '2', '3']);
  watched.press('<f6>G');
  watched.start(2);
  watched.begin('a');
  expect(watched.shown).toEqual(['1 2 3']);
  watched.finish(['7']);
  expect(watched.shown).toEqual(['•7']);
  expect(watched.content.cursor).toEqual({ row: 0, column: 0 });
  watched.run(3, ['b', '8']);
  expect(watched.content.watch?.changes).toBeUndefined();
});

test('several results have a tab each; without rows the command tag is what is watched', () => {
  const watched = new Watched();
  watched.run(1, ['a', '1'], ['b', '2'], 'UPDATE 3');
  watched.run(2, ['a', '1'], ['b', '3'], 'UPDATE 4');
  expect(watched.shown).toEqual(['1', '•3', '•UPDATE 4']);
  expect(watched.open.size).toBe(3);
  watched.run(3, ['a', '5']);
  expect(watched.model.results.tabs.map(({ content }) => content.type === 'rows' && content.watch?.run)).toEqual([3, 2, 2]);
});

test('more results than there are tabs leak no store', () => {
  const watched = new Watched();
  const results = Array.from({ length: 12 }, (_, index) => ['a', String(index)] as const);
  for (let run = 1; run <= 4; run++) watched.run(run, ...results);
  expect(watched.open.size).toBe(9);
});

test('what ends it: an error is shown, the last whole run stays; a cancel keeps that too', () => {
  const watched = new Watched();
  watched.run(1, ['a', '1']);
  watched.run(2);
  watched.fail('42P01');
  watched.face.takeError();
  expect(watched.shown).toEqual(['1', 'error']);
  expect(isWatching(watched.model)).toBe(false);
  const cancelled = new Watched();
  cancelled.run(1, ['a', '1']);
  cancelled.run(2);
  cancelled.begin('a');
  cancelled.fail('57014');
  cancelled.face.takeError();
  expect(cancelled.shown).toEqual(['1']);
  expect(cancelled.open.size).toBe(1);
  expect(cancelled.content.watch).toMatchObject({ run: 1, isOver: true });
});

test('its tab is closed only when it is over; another watch has a tab of its own', () => {
  const watched = new Watched();
  watched.run(1, ['a', '1']);
  watched.press('<f6>D');
  expect(watched.shown).toEqual(['1']);
  watched.run(1, ['a', '2']);
  expect(watched.shown).toEqual(['1', '2']);
  watched.face.takeError();
  watched.press('D');
  expect(watched.shown).toEqual(['1']);
});

test('the rule says what it is', () => {
  const at = new Date(2026, 10, 25, 9, 14, 26).getTime();
  const run = { seconds: 2, run: 1400, at, changes: undefined, isOver: false };
  expect(watchTexts(run)).toEqual([
    '\\watch every 2 s · run 1,400 · 09:14:26',
    '\\watch every 2 s · run 1,400',
    '\\watch · run 1,400',
    '\\watch',
  ]);
  expect(watchTexts({ ...run, seconds: 0.5, isOver: true })).toEqual([
    '\\watch every 0.5 s, ended · run 1,400 · 09:14:26',
    '\\watch every 0.5 s, ended · run 1,400',
    '\\watch ended · run 1,400',
    '\\watch ended',
  ]);
});

test.each([
  [0, 3, 3, 3, 'no change'],
  [1, 3, 3, 3, '1 cell changed'],
  [12_000, 3, 2, 2, '12,000 cells changed, 1 row fewer'],
  [0, 3, 5, 3, '2 rows more'],
  [0, 9, 9, 5, 'no change in the first 5 rows'],
])('%d changed cells, %d rows, then %d, %d compared: %s', (changedCells, rowsBefore, rowsAfter, comparedRows, text) => {
  expect(changesText({ changedCells, rowsBefore, rowsAfter, comparedRows, has: () => false })).toBe(text);
});
