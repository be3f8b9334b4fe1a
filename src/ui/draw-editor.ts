import { type HighlightKind, type HighlightSpan, type HighlightState, highlightLine, initialHighlight } from '../sql/highlight.ts';
import { displayColumn } from '../text/move.ts';
import { selectionOf, type TextValue, textOf } from '../text/text-value.ts';
import type { Visible } from '../text/untrusted.ts';
import { expandTabs, visible } from '../text/visible.ts';
import { displayWidth, fittingLength } from '../text/width.ts';
import { activeBuffer, type Buffer } from '../workbench/buffers.ts';
import type { Model } from '../workbench/model.ts';
import { isUnsaved } from '../workbench/scripts.ts';
import { type Part, part } from './paint.ts';
import type { Style } from './theme.ts';

const styles: Readonly<Record<HighlightKind, Style>> = {
  keyword: 'keyword',
  type: 'type',
  string: 'string',
  number: 'number',
  comment: 'comment',
  'identifier-quoted': 'plain',
  operator: 'plain',
  variable: 'variable',
  command: 'command',
  plain: 'plain',
};

export interface EditorView {
  readonly rows: readonly (readonly Part[])[];
  /** Where the terminal's cursor stands, from the editor's own corner. */
  readonly cursor: { readonly x: number; readonly y: number };
}

/** The names of the buffers, the shown one marked. */
export function bufferTabs(model: Model): readonly Part[] {
  return [
    part(' '),
    ...model.buffers.list.flatMap((buffer, index) => {
      const isShown = index === model.buffers.active;
      const name = {
        text: visible(`${index + 1} ${buffer.name}${isUnsaved(buffer) && buffer.file !== undefined ? '*' : ''}`),
        style: isShown ? 'bold' : 'dim',
      } as const;
      const changed = buffer.file?.hasChanged === true ? [part(' (changed on disk)', 'warning')] : [];
      return [part(isShown ? '▸' : ' ', 'accent'), name, ...changed, part('  ')];
    }),
  ];
}

/** The lines of the focused buffer that are in its window. */
export function editorView(model: Model, lines: number): EditorView {
  const buffer = activeBuffer(model.buffers);
  const running = model.running?.submission;
  const isWaiting = running?.mode === 'input' && running.bufferId === buffer.id && textOf(buffer.value) === '';
  const { columns } = model.size;
  const gutter = String(Math.max(99, buffer.value.lines.length)).length + 2;
  const room = Math.max(1, columns - gutter);
  if (isWaiting) return { rows: waitingRows(running.text, gutter, lines), cursor: { x: gutter, y: 0 } };
  const cursorColumn = displayColumn(buffer.value, buffer.value.cursor);
  // The window follows the cursor sideways by half its width.
  const half = Math.max(1, Math.floor(room / 2));
  const left = cursorColumn < room ? 0 : Math.ceil((cursorColumn - room + 1) / half) * half;
  const rows: (readonly Part[])[] = [];
  let cursorRow = 0;
  const states = highlightStates(buffer.value.lines, buffer.top + lines);
  for (let line = buffer.top; rows.length < lines && line < buffer.value.lines.length; line++) {
    if (line === buffer.value.cursor.line) cursorRow = rows.length;
    rows.push([
      part(`${String(line + 1).padStart(gutter - 1)} `, 'rule'),
      ...lineParts(buffer, line, states[line] ?? initialHighlight, left),
    ]);
    const mark = buffer.errorMark;
    if (mark?.line === line && rows.length < lines) rows.push(waveRow(buffer, gutter, left));
  }
  return { rows, cursor: { x: gutter + cursorColumn - left, y: cursorRow } };
}

/** What runs stays to be read until its answer is there. */
function waitingRows(text: string, gutter: number, lines: number): readonly (readonly Part[])[] {
  return text
    .split('\n')
    .slice(0, lines)
    .map((line, index) => [part(`${String(index + 1).padStart(gutter - 1)} `, 'rule'), { text: expandTabs(line), style: 'dim' }]);
}

function waveRow(buffer: Buffer, gutter: number, left: number): readonly Part[] {
  const mark = buffer.errorMark;
  if (mark === undefined) return [];
  const from = displayColumn(buffer.value, { line: mark.line, column: mark.from });
  const to = displayColumn(buffer.value, { line: mark.line, column: mark.to });
  return [part(' '.repeat(Math.max(0, gutter + from - left))), part('~'.repeat(Math.max(1, to - from)), 'wave')];
}

function lineParts(buffer: Buffer, line: number, state: HighlightState, left: number): readonly Part[] {
  const text = buffer.value.lines[line] ?? '';
  const selected = selectedColumns(buffer.value, line, text.length);
  const spans = split(highlightCached(text, state).spans, selected);
  let column = 0;
  const parts: Part[] = [];
  for (const span of spans) {
    const shown = expandFrom(text.slice(span.start, span.end), column);
    column += displayWidth(shown);
    const isSelected = selected !== undefined && span.start >= selected.from && span.end <= selected.to;
    parts.push({ text: shown, style: isSelected ? 'selected' : styles[span.kind] });
  }
  if (selected !== undefined && selected.to > text.length) parts.push(part(' ', 'selected'));
  return left === 0 ? parts : dropColumns(parts, left);
}

/** Tabs go to the stops of the whole line, not of the span. */
function expandFrom(text: string, column: number): Visible {
  return visible(expandTabs(`${' '.repeat(column % 8)}${text}`).slice(column % 8));
}

function dropColumns(parts: readonly Part[], columns: number): readonly Part[] {
  let rest = columns;
  return parts.flatMap((one) => {
    if (rest <= 0) return [one];
    const width = displayWidth(one.text);
    if (width <= rest) {
      rest -= width;
      return [];
    }
    const cut = fittingLength(one.text, rest);
    rest = 0;
    return [{ ...one, text: visible(one.text.slice(cut)) }];
  });
}

interface Columns {
  readonly from: number;
  readonly to: number;
}

/** The selected part of a line; one past its end where the line break is selected too. */
function selectedColumns(value: TextValue, line: number, length: number): Columns | undefined {
  const selection = selectionOf(value);
  if (selection === undefined || line < selection.from.line || line > selection.to.line) return undefined;
  return {
    from: line === selection.from.line ? selection.from.column : 0,
    to: line === selection.to.line ? selection.to.column : length + 1,
  };
}

function split(spans: readonly HighlightSpan[], selected: Columns | undefined): readonly HighlightSpan[] {
  if (selected === undefined) return spans;
  return spans.flatMap((span) => {
    const cuts = [selected.from, selected.to].filter((cut) => cut > span.start && cut < span.end);
    const edges = [span.start, ...cuts, span.end];
    return edges.slice(1).map((end, index) => ({ ...span, start: edges[index] ?? 0, end }));
  });
}

type Highlighted = ReturnType<typeof highlightLine>;

// Lines repeat from frame to frame; a line's text and the state before it decide everything.
const cache = new Map<string, Map<HighlightState, Highlighted>>();
const cacheLimit = 4000;

function highlightCached(text: string, state: HighlightState): Highlighted {
  let known = cache.get(text);
  if (known === undefined) {
    if (cache.size >= cacheLimit) cache.clear();
    known = new Map();
    cache.set(text, known);
  }
  let highlighted = known.get(state);
  if (highlighted === undefined) {
    if (known.size > 8) known.clear();
    highlighted = highlightLine(text, state);
    known.set(state, highlighted);
  }
  return highlighted;
}

// The state before each line of the text shown last: lines that did not change are not scanned again.
let lastLines: readonly string[] = [];
let lastStates: HighlightState[] = [initialHighlight];

function highlightStates(lines: readonly string[], until: number): readonly HighlightState[] {
  if (lines !== lastLines) {
    let same = 0;
    while (same < lastStates.length - 1 && lines[same] === lastLines[same]) same++;
    lastStates = lastStates.slice(0, same + 1);
    lastLines = lines;
  }
  for (let line = lastStates.length; line <= Math.min(until, lines.length); line++) {
    lastStates.push(highlightCached(lines[line - 1] ?? '', lastStates[line - 1] ?? initialHighlight).state);
  }
  return lastStates;
}
