import { type LockLevel, lockLevels } from './ddl-fact.ts';

/** Chapter "Explicit Locking", table "Conflicting Lock Modes". */
const conflicting: Readonly<Record<LockLevel, readonly LockLevel[]>> = {
  AccessShare: ['AccessExclusive'],
  RowShare: ['Exclusive', 'AccessExclusive'],
  RowExclusive: ['Share', 'ShareRowExclusive', 'Exclusive', 'AccessExclusive'],
  ShareUpdateExclusive: ['ShareUpdateExclusive', 'Share', 'ShareRowExclusive', 'Exclusive', 'AccessExclusive'],
  Share: ['RowExclusive', 'ShareUpdateExclusive', 'ShareRowExclusive', 'Exclusive', 'AccessExclusive'],
  ShareRowExclusive: ['RowExclusive', 'ShareUpdateExclusive', 'Share', 'ShareRowExclusive', 'Exclusive', 'AccessExclusive'],
  Exclusive: ['RowShare', 'RowExclusive', 'ShareUpdateExclusive', 'Share', 'ShareRowExclusive', 'Exclusive', 'AccessExclusive'],
  AccessExclusive: lockLevels,
};

/** Whether one who wants this lock waits for a session that has the other, named as in pg_locks without its `Lock`. */
export function waitsFor(wanted: LockLevel, held: string): boolean {
  return conflicting[wanted].some((level) => level === held);
}
