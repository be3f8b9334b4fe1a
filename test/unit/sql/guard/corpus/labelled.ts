import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { templateCases } from './templates.ts';

/** A statement with what a careful person says about it, on a production profile. */
export interface Labelled {
  /** Unsafe: something can be lost that the text does not narrow down, so it has to be asked about. */
  readonly label: 'unsafe' | 'safe';
  /** Whether it writes; '-' where that is not to be tried on a server (transaction control, another server's parts). */
  readonly write: 'yes' | 'no' | 'unknown' | '-';
  readonly reason: string;
  readonly sql: string;
}

/** The single cases: `## unsafe yes | reason`, and below it the statement. */
function singleCases(): readonly Labelled[] {
  const folder = import.meta.dirname;
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql.txt'));
  return files.flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split(/^## /m)
      .slice(1)
      .map((entry) => {
        const [, label, write, reason, sql] = /^(unsafe|safe) (yes|no|unknown|-) \| (.*)\n([\s\S]*)$/.exec(entry) ?? [];
        if (label === undefined || write === undefined) throw new Error(`${name}: ${entry}`);
        return { label, write, reason: reason ?? '', sql: (sql ?? '').trimEnd() } as Labelled;
      }),
  );
}

/** Single cases, then those of the templates. */
export function corpus(): readonly Labelled[] {
  return [...singleCases(), ...templateCases()];
}
