import type { BlockWriter } from './block-writer.ts';
import type { RowCells } from './row-cells.ts';

/** What each byte of a text becomes in a markup language; bytes that are absent stay. */
export class Escape {
  readonly #replacements: readonly (Buffer | undefined)[];

  constructor(replacements: Readonly<Record<string, string>>) {
    const table: (Buffer | undefined)[] = new Array(256).fill(undefined);
    for (const [character, replacement] of Object.entries(replacements)) table[character.charCodeAt(0)] = Buffer.from(replacement, 'utf8');
    this.#replacements = table;
  }

  write(out: BlockWriter, bytes: Buffer, start = 0, end = bytes.length): void {
    let from = start;
    for (let at = start; at < end; at++) {
      const replacement = this.#replacements[bytes[at] as number];
      if (replacement === undefined) continue;
      out.slice(bytes, from, at);
      out.bytes(replacement);
      from = at + 1;
    }
    out.slice(bytes, from, end);
  }

  cell(out: BlockWriter, cells: RowCells, column: number): void {
    this.write(out, cells.sources[column] as Buffer, cells.starts[column], cells.ends[column]);
  }
}

/** Whether a cell holds blanks and tabs alone, or nothing. */
export function isBlank(cells: RowCells, column: number): boolean {
  const bytes = cells.sources[column] as Buffer;
  const end = cells.ends[column] as number;
  for (let at = cells.starts[column] as number; at < end; at++) {
    if (bytes[at] !== 0x20 && bytes[at] !== 0x09) return false;
  }
  return true;
}
