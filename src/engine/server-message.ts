import type { ServerError } from '../result/server-error.ts';
import { characterWidth } from '../text/psql-width.ts';

export type Verbosity = 'default' | 'verbose' | 'terse' | 'sqlstate';
export type ShowContext = 'never' | 'errors' | 'always';

// libpq's excerpt: 60 columns of the line are shown, at least 10 of them right of the position (fe-protocol3.c, reportErrorPosition).
const displayWidth = 60;
const minimumRight = 10;

/** A server's error or notice as libpq's PQresultErrorMessage words it, newline at the end. `sql` is the statement it answers. */
export function formatServerMessage(error: ServerError, verbosity: Verbosity, showContext: ShowContext, sql: string | undefined): string {
  const head = `${error.severity}:  `;
  if (verbosity === 'sqlstate') return `${head}${error.code}\n`;
  let text = head;
  if (verbosity === 'verbose') text += `${error.code}: `;
  text += error.message;
  const queryText = error.position !== undefined ? sql : error.internalQuery;
  const position = error.position ?? error.internalPosition;
  const hasExcerpt = verbosity !== 'terse' && queryText !== undefined && position !== undefined;
  if (!hasExcerpt && position !== undefined) text += ` at character ${position}`;
  text += '\n';
  if (verbosity === 'terse') return text;
  if (hasExcerpt) text += excerpt(queryText, position);
  if (error.detail !== undefined) text += `DETAIL:  ${error.detail}\n`;
  if (error.hint !== undefined) text += `HINT:  ${error.hint}\n`;
  if (error.internalQuery !== undefined) text += `QUERY:  ${error.internalQuery}\n`;
  const isError = /^(?:ERROR|FATAL|PANIC)$/.test(error.severityCode || error.severity);
  if (error.where !== undefined && (showContext === 'always' || (showContext === 'errors' && isError)))
    text += `CONTEXT:  ${error.where}\n`;
  return verbosity === 'verbose' ? text + origin(error) : text;
}

function origin(error: ServerError): string {
  let text = '';
  const field = (label: string, value: string | undefined): void => {
    if (value !== undefined) text += `${label}:  ${value}\n`;
  };
  field('SCHEMA NAME', error.schema);
  field('TABLE NAME', error.table);
  field('COLUMN NAME', error.column);
  field('DATATYPE NAME', error.dataType);
  field('CONSTRAINT NAME', error.constraint);
  if (error.file !== undefined || error.line !== undefined || error.routine !== undefined) {
    const routine = error.routine === undefined ? '' : `${error.routine}, `;
    const place = error.file !== undefined && error.line !== undefined ? `${error.file}:${error.line}` : '';
    text += `LOCATION:  ${routine}${place}\n`;
  }
  return text;
}

interface ErrorLine {
  readonly number: number;
  readonly characters: readonly string[];
  /** Index of the error's character in `characters`; their length where it stands at the end. */
  readonly at: number;
}

/** `LINE n: …` and the caret below, for a 1-based position in characters. */
export function excerpt(sql: string, position: number): string {
  const line = findLine(sql, position);
  if (line === undefined) return '';
  const { start, end } = clip(line);
  const head = `LINE ${line.number}: ${start > 0 ? '...' : ''}`;
  const tail = end < line.characters.length ? '...' : '';
  const caret = head.length + width(line.characters.slice(start, line.at));
  return `${head}${line.characters.slice(start, end).join('')}${tail}\n${' '.repeat(caret)}^\n`;
}

function findLine(sql: string, position: number): ErrorLine | undefined {
  const characters = [...sql];
  const index = position - 1;
  if (index < 0 || index > characters.length) return undefined;
  let number = 1;
  let start = 0;
  let end = characters.length;
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at];
    if (character !== '\n' && character !== '\r') continue;
    if (at >= index) {
      end = at;
      break;
    }
    // \r\n is one line break.
    if (character === '\r' || at === 0 || characters[at - 1] !== '\r') number++;
    start = at + 1;
  }
  // Tabs are shown as one blank, so that the caret stands right.
  const shown = characters.slice(start, end).map((character) => (character === '\t' ? ' ' : character));
  return { number, characters: shown, at: Math.min(index - start, shown.length) };
}

/** The part of the line that is shown, as character indexes. */
function clip({ characters, at }: ErrorLine): { start: number; end: number } {
  let end = characters.length;
  let start = 0;
  let endColumn = width(characters);
  if (endColumn <= displayWidth) return { start, end };
  const errorColumn = width(characters.slice(0, at));
  const cutRight = (): void => {
    end--;
    endColumn -= width(characters.slice(end, end + 1));
  };
  if (errorColumn + minimumRight <= displayWidth) {
    while (endColumn > displayWidth) cutRight();
    return { start, end };
  }
  while (errorColumn + minimumRight < endColumn) cutRight();
  for (let startColumn = 0; endColumn - startColumn > displayWidth; start++) startColumn += width(characters.slice(start, start + 1));
  return { start, end };
}

/** libpq gives controls and combining characters a column too. */
function width(characters: readonly string[]): number {
  let columns = 0;
  for (const character of characters) columns += Math.max(1, characterWidth(character));
  return columns;
}
