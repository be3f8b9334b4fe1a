// Made when first needed: making it loads tables, which takes ten milliseconds that most runs in batch need not spend.
let segmenter: Intl.Segmenter | undefined;

function segments(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(text);
}

const blank = /\s/;
const wordCharacter = /[\p{L}\p{N}\p{M}]/u;

// Below U+0300 no character joins the one before it, but CR LF.
const firstJoining = 0x300;
// The longest stretch looked at for the begin of a grapheme, in UTF-16 units.
const reach = 256;

/** The graphemes of a text, in order. */
export function* graphemes(text: string): Iterable<string> {
  for (const { segment } of segments(text)) yield segment;
}

/** Where the grapheme at `column` ends. Columns are UTF-16 units; at the end of the line, the end. */
export function nextGrapheme(line: string, column: number): number {
  if (column >= line.length) return line.length;
  if (isPlain(line, column) && (column + 1 >= line.length || isPlain(line, column + 1))) return column + 1;
  const [first] = segments(line.slice(column, column + reach));
  return column + (first?.segment.length ?? 1);
}

/** Where the grapheme before `column` begins; 0 at the begin of the line. */
export function previousGrapheme(line: string, column: number): number {
  if (column <= 1) return 0;
  if (isPlain(line, column - 1) && isPlain(line, column - 2)) return column - 1;
  return boundaryBefore(line, column - 1);
}

/** The grapheme boundary at or before `column`. */
export function snapToGrapheme(line: string, column: number): number {
  if (column <= 0) return 0;
  if (column >= line.length) return line.length;
  if (isPlain(line, column)) return column;
  return boundaryBefore(line, column);
}

/** The last boundary at or before `column`, sought from the nearest character that surely begins a grapheme. */
function boundaryBefore(line: string, column: number): number {
  let start = column;
  while (start > 0 && column - start < reach && !isPlain(line, start)) start--;
  let boundary = start;
  for (const { index } of segments(line.slice(start, column + reach))) {
    if (start + index > column) break;
    boundary = start + index;
  }
  return boundary;
}

function isPlain(line: string, column: number): boolean {
  const unit = line.charCodeAt(column);
  return unit < firstJoining && unit !== 0x0d && unit !== 0x0a;
}

/** The end of the word at or after `column`, as readline's forward-word: words are letters and digits. */
export function wordEnd(line: string, column: number): number {
  let at = column;
  while (at < line.length && !isWordAt(line, at)) at = nextGrapheme(line, at);
  while (at < line.length && isWordAt(line, at)) at = nextGrapheme(line, at);
  return at;
}

/** The begin of the word before `column`, as readline's backward-word. */
export function wordStart(line: string, column: number): number {
  let at = column;
  while (at > 0 && !isWordAt(line, previousGrapheme(line, at))) at = previousGrapheme(line, at);
  while (at > 0 && isWordAt(line, previousGrapheme(line, at))) at = previousGrapheme(line, at);
  return at;
}

/** The begin of the blank-separated word before `column`, as readline's unix-word-rubout (Ctrl-W). */
export function blankWordStart(line: string, column: number): number {
  let at = column;
  while (at > 0 && blank.test(line.charAt(at - 1))) at--;
  while (at > 0 && !blank.test(line.charAt(at - 1))) at--;
  return snapToGrapheme(line, at);
}

function isWordAt(line: string, column: number): boolean {
  return wordCharacter.test(String.fromCodePoint(line.codePointAt(column) ?? 0));
}
