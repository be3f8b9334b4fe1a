/** The server's table locks, weakest first. */
export const lockLevels = [
  'AccessShare',
  'RowShare',
  'RowExclusive',
  'ShareUpdateExclusive',
  'Share',
  'ShareRowExclusive',
  'Exclusive',
  'AccessExclusive',
] as const;

export type LockLevel = (typeof lockLevels)[number];

/** `rewrites`: whether all rows are written again; 'depends' where the text does not tell. `why` is a sentence. */
export interface DdlFacts {
  readonly lock: LockLevel;
  readonly rewrites: 'yes' | 'no' | 'depends';
  readonly why: string;
}

/** What is found of one action of a statement beyond its text. */
export type RewriteVerdict = Pick<DdlFacts, 'rewrites' | 'why'>;

/** By what changeKey says of a change of a column. */
export type RewriteVerdicts = ReadonlyMap<string, RewriteVerdict>;

export function facts(lock: LockLevel, rewrites: DdlFacts['rewrites'], why: string): DdlFacts {
  return { lock, rewrites, why };
}

/** Several actions of one statement take the strongest of their locks; the reason told is that of the worst. */
export function strongest(all: readonly DdlFacts[]): DdlFacts | undefined {
  const cost = { no: 0, depends: 1, yes: 2 };
  const weight = (fact: DdlFacts) => lockLevels.indexOf(fact.lock) + cost[fact.rewrites] * lockLevels.length;
  const [worst] = all.toSorted((a, b) => weight(b) - weight(a));
  const lock = lockLevels.findLast((level) => all.some((fact) => fact.lock === level));
  return worst === undefined || lock === undefined ? undefined : { ...worst, lock };
}
