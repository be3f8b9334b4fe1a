export interface FrontMatter {
  readonly fields: ReadonlyMap<string, string>;
  /** Index of the first line behind it. */
  readonly end: number;
}

/** Reads lines `-- key: value` from a place on; a line that is indented further goes on with the value before it. */
export function readFrontMatter(lines: readonly string[], from = 0): FrontMatter {
  const fields = new Map<string, string>();
  let key: string | undefined;
  let at = from;
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
  return { fields, end: at };
}
