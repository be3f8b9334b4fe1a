import type { TableWrites } from '../catalog/rehearsal/session-work.ts';
import { rowsOfTag } from '../engine/transaction/command-tag.ts';
import type { Visible } from '../text/untrusted.ts';
import { visible } from '../text/visible.ts';
import { displayWidth, wrap } from '../text/width.ts';
import { gridLines, layoutOf } from './layout.ts';
import type { Model } from './model.ts';
import type { OpenRehearsal } from './rehearsal.ts';
import { clockText, durationText, groupDigits } from './result-rule.ts';

/** A line above or below the rows. */
export interface RehearsalLine {
  readonly text: Visible;
  readonly style: 'plain' | 'warning' | 'dim';
}

/** What is said above the rows: what the statement would do, what it holds meanwhile, and what the rows leave out. */
export function headLines(model: Model, rehearsal: OpenRehearsal): readonly RehearsalLine[] {
  const width = Math.max(20, model.size.columns - 2);
  const [did, holds] = [workText(rehearsal), clockLine(model, rehearsal)];
  const first: readonly RehearsalLine[] =
    displayWidth(visible(`${did} · ${holds}`)) <= width
      ? [{ text: visible(`${did} · ${holds}`), style: 'warning' }]
      : [...wrapped(did, width, 'plain'), ...wrapped(holds, width, 'warning')];
  const notes = noteTexts(rehearsal).flatMap((text) => wrapped(text, width, 'dim'));
  // The rows are what one looks for.
  return [...first, ...notes.slice(0, Math.max(2, Math.floor(layoutOf(model).result / 3)))];
}

/** What is said below the rows. */
export function footLines(model: Model, rehearsal: OpenRehearsal): readonly RehearsalLine[] {
  const width = Math.max(20, model.size.columns - 2);
  const { limits } = rehearsal.rehearsed;
  const text =
    limits.length === 0
      ? 'cannot be undone by a rollback: nothing that the text shows'
      : `cannot be undone by a rollback: ${limits.map((limit) => limit.text).join(' ')}`;
  const lines = wrapped(text, width, limits.length === 0 ? 'dim' : 'warning').slice(0, 2);
  return rehearsal.note === '' ? lines : [...lines, ...wrapped(rehearsal.note, width, 'warning')];
}

function noteTexts({ rehearsed, grid }: OpenRehearsal): readonly string[] {
  const { notes, triggers, writes, rows, tag } = rehearsed;
  const others = writes.filter(({ isTarget }) => !isTarget);
  const kept = rows?.store.rowCount ?? 0;
  const count = rowsOfTag(tag) ?? 0;
  const isPart = grid !== undefined && count > kept;
  return [
    ...(isPart ? [`${groupDigits(kept)} of ${groupDigits(count)} rows are shown.`] : []),
    ...(others.length === 0 ? [] : [`Also written: ${others.map(writesText).join('; ')}.`]),
    ...(triggers.length === 0 ? [] : [`Triggers ran: ${triggers.join(', ')}. What AFTER triggers change in these rows is not shown.`]),
    ...notes,
  ];
}

function writesText({ table, inserted, updated, deleted }: TableWrites): string {
  const words = [
    ...(inserted > 0 ? [`${groupDigits(inserted)} inserted`] : []),
    ...(updated > 0 ? [`${groupDigits(updated)} updated`] : []),
    ...(deleted > 0 ? [`${groupDigits(deleted)} deleted`] : []),
  ];
  return `${table} ${words.join(', ')}`;
}

const verbs: Readonly<Record<string, string>> = { INSERT: 'insert', UPDATE: 'change', DELETE: 'delete', MERGE: 'write', COPY: 'load' };

function workText({ rehearsed }: OpenRehearsal): string {
  const { tag, milliseconds, writes } = rehearsed;
  const command = /^[A-Z]+/.exec(tag)?.[0] ?? '';
  // COPY TO has the same tag.
  const isUpsert = command === 'INSERT' && writes.some(({ isTarget, updated }) => isTarget && updated > 0);
  const verb = command === 'COPY' && writes.length === 0 ? undefined : isUpsert ? 'insert or change' : verbs[command];
  const count = rowsOfTag(tag);
  const took = `in ${durationText(milliseconds)}`;
  if (verb === undefined || count === undefined) return `ran dry: ${tag === '' ? 'an empty statement' : tag} ${took}`;
  return `would ${verb} ${groupDigits(count)} ${count === 1 ? 'row' : 'rows'} ${took}`;
}

function clockLine({ now }: Model, { rehearsed, deadline, ending }: OpenRehearsal): string {
  const [first, ...others] = rehearsed.locks;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const what = first === undefined ? 'open' : `holding ${first.mode} on ${first.table}${more}`;
  const where = rehearsed.savepoint === undefined ? '' : ' in your transaction';
  const clock = clockText(now - rehearsed.since);
  if (ending === 'commit') return `${what} ${clock} · ${rehearsed.savepoint === undefined ? 'committing' : 'keeping it'}`;
  if (ending !== undefined) return `${what} ${clock} · rolling back`;
  return `${what}${where} ${clock} · rolls back by itself in ${clockText(deadline - now + 999)}`;
}

function wrapped(text: string, width: number, style: RehearsalLine['style']): readonly RehearsalLine[] {
  return wrap(visible(text), width).map((line) => ({ text: line, style }));
}

/** Room of the rows between what is said above and below them. */
export function rehearsalRoom(model: Model, rehearsal: OpenRehearsal): { readonly columns: number; readonly lines: number } {
  const { result } = layoutOf(model);
  const taken = headLines(model, rehearsal).length + footLines(model, rehearsal).length;
  const lines = Math.max(1, result - taken);
  return { columns: model.size.columns, lines: gridLines({ ...layoutOf(model), result: lines }, rehearsal.grid?.isExpanded ?? false) };
}
