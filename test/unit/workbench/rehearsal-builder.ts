import type { Rehearsed } from '../../../src/engine/rehearsal/rehearsed.ts';
import { ChangeTally, pairWidth } from '../../../src/result/changed-cells.ts';
import { createRowStore } from '../../../src/result/create-row-store.ts';
import { packRows } from '../../../src/result/row-batch.ts';
import { untrusted } from '../../../src/text/untrusted.ts';
import type { SessionFacts } from '../../../src/workbench/connection.ts';
import type { Model } from '../../../src/workbench/model.ts';
import { openRehearsal } from '../../../src/workbench/rehearsal.ts';
import { openModel, press, send } from './model-builder.ts';

type Cells = readonly (string | null)[];

/** Rows of pairs as the server sends them: the action, the cells before, the cells after. */
export function pairRows(names: readonly string[], rows: readonly Cells[], key = names.slice(0, 1)): Rehearsed['rows'] {
  const pairs = { columnCount: names.length, hasBefore: true, hasAfter: true };
  const store = createRowStore(pairWidth(pairs), () => {
    throw new Error('small results need no spool');
  });
  const batch = packRows(
    pairWidth(pairs),
    rows.map((row) => row.map((cell) => (cell === null ? null : Buffer.from(cell)))),
  );
  void store.append(batch);
  const tally = new ChangeTally(pairs);
  tally.add(batch);
  const columns = names.map((name) => ({
    name: untrusted(name),
    typeOid: 25,
    typeModifier: -1,
    tableOid: 0,
    attributeNumber: 0,
    typeSize: -1,
  }));
  return { type: 'pairs', columns, key, pairs, store, counts: tally.counts, isChanged: tally.isChanged };
}

const updated: Cells[] = [
  ['UPDATE', '1', 'ann', 'old', '1', 'ann', 'new'],
  ['UPDATE', '2', 'bob', null, '2', 'bob', 'new'],
  ['UPDATE', '3', 'cy', 'new', '3', 'cy', 'new'],
];

function rehearsed(changed: Partial<Rehearsed> = {}): Rehearsed {
  return {
    sent: ['BEGIN', 'update t set c = 1'],
    tag: 'UPDATE 3',
    milliseconds: 9,
    since: 0,
    savepoint: undefined,
    rows: pairRows(['id', 'name', 'c'], updated),
    writes: [{ table: 't', isTarget: true, inserted: 0, updated: 3, deleted: 0 }],
    locks: [{ table: 't', mode: 'RowExclusive' }],
    triggers: [],
    target: 't',
    limits: [],
    notes: [],
    ...changed,
  };
}

export const statement = "update t set c = 'new';";

/** A workbench in which the console's statement has been rehearsed. */
export function rehearsing(changed: Partial<Rehearsed> = {}, facts: Partial<SessionFacts> = {}, columns = 80, seconds = 60): Model {
  const asked = press(openModel(columns, 24, facts), `${statement}<alt+t>`);
  const [effect] = asked.effects.filter(({ type }) => type === 'rehearse');
  if (effect?.type !== 'rehearse') throw new Error('nothing is rehearsed');
  return send(
    asked.model,
    { type: 'transaction', status: 'transaction', now: 0 },
    { type: 'rehearsed', rehearsal: openRehearsal(effect.submission, rehearsed(changed), 0, seconds), now: 0 },
    { type: 'run-ended', outcome: { failed: false, errorAt: undefined, left: '' }, now: 0 },
  ).model;
}
