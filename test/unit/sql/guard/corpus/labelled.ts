import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { templateCases } from './templates.ts';
import { alwaysTrueInOtherWords, narrowingInOtherWords } from './unusual-conditions.ts';

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

/** Each of the further conditions in one statement, in a rotation of shapes. */
function conditionCases(): readonly Labelled[] {
  const shapes: readonly ((condition: string) => string)[] = [
    (condition) => `delete from orders where ${condition}`,
    (condition) => `update staging set status = 'x' where ${condition} returning id`,
    (condition) => `with gone as (delete from items where ${condition} returning id) select count(*) from gone`,
  ];
  const cases = (label: Labelled['label'], conditions: readonly string[]): readonly Labelled[] =>
    conditions.map((condition, row) => {
      const sql = shapes[row % shapes.length]?.(condition) ?? '';
      return { label, write: 'yes', reason: `where ${condition}`, sql };
    });
  return [...cases('unsafe', alwaysTrueInOtherWords), ...cases('safe', narrowingInOtherWords)];
}

/** Single cases, those of the templates, and the further conditions. */
export function corpus(): readonly Labelled[] {
  return [...singleCases(), ...templateCases(), ...conditionCases()];
}
