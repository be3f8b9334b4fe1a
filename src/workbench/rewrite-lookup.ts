import { addedColumnFacts, addedColumnsQuery, calledVolatility, calledVolatilityQuery } from '../catalog/rehearsal/added-columns.ts';
import { typeChangeFacts, typeChangesQuery } from '../catalog/rehearsal/type-changes.ts';
import { isMoreThanColumn, usingPlanQuery } from '../catalog/rehearsal/using-plan.ts';
import type { AsideQuery } from '../engine/aside.ts';
import { addedColumnRewrite, calledFunctions } from '../sql/guard/added-column-rewrite.ts';
import { type AddedColumn, type ColumnChange, changeKey, serverText, type TypeChange } from '../sql/guard/column-change.ts';
import type { RewriteVerdict, RewriteVerdicts } from '../sql/guard/ddl-fact.ts';
import { typeChangeRewrite } from '../sql/guard/type-change-rewrite.ts';

interface ChangedTable {
  readonly oid: string;
  /** With its schema. */
  readonly fullName: string;
}

/** Whether each of these changes writes the table anew, as far as the catalog and the planner tell. */
export async function rewriteVerdicts(
  changes: readonly ColumnChange[],
  table: ChangedTable,
  version: number,
  ask: AsideQuery,
): Promise<RewriteVerdicts> {
  const retyped = changes.filter((change) => change.type === 'set-type');
  const others = changes.filter((change) => change.type !== 'set-type');
  const found: (readonly [string, RewriteVerdict])[] = [];
  if (others.length > 0) found.push(...(await otherVerdicts(others, table.oid, version, ask)));
  if (retyped.length > 0) found.push(...(await retypedVerdicts(retyped, table, version, ask)));
  return new Map(found);
}

type Verdicts = Promise<readonly (readonly [string, RewriteVerdict])[]>;

async function retypedVerdicts(changes: readonly TypeChange[], table: ChangedTable, version: number, ask: AsideQuery): Verdicts {
  const asked = changes.map(({ column, newType, using }) => ({
    column,
    newType: serverText(newType),
    castType: using.type === 'cast' ? serverText(using.castType) : '',
  }));
  const facts = typeChangeFacts((await ask(typeChangesQuery(table.oid, asked, version))) ?? []);
  const verdicts: (readonly [string, RewriteVerdict])[] = [];
  for (const change of changes) {
    const known = facts.get(change.column);
    if (known === undefined) continue;
    const plan =
      change.using.type === 'expression' ? await ask(usingPlanQuery(table.fullName, change, change.using.tokens), 'user-text') : undefined;
    const isComputed = plan !== undefined && isMoreThanColumn(plan, change.column);
    verdicts.push([changeKey(change), typeChangeRewrite(change, known, version, isComputed)]);
  }
  return verdicts;
}

async function otherVerdicts(
  changes: readonly Exclude<ColumnChange, TypeChange>[],
  table: string,
  version: number,
  ask: AsideQuery,
): Verdicts {
  const defaults = changes.flatMap((change) => (change.type === 'add' ? [change.default ?? []] : []));
  const operators = defaults.flat().flatMap(({ kind, text }) => (kind === 'operator' ? [text] : []));
  const asked = changes.map((change) => ({ column: change.column, newType: change.type === 'add' ? serverText(change.newType) : '' }));
  const facts = addedColumnFacts((await ask(addedColumnsQuery(table, asked, operators, version))) ?? []);
  const called = defaults.flatMap(calledFunctions);
  const volatilities = called.length === 0 ? [] : await ask(calledVolatilityQuery(called, version));
  return changes.flatMap((change) => {
    const known = facts.get(change.column);
    if (known === undefined || volatilities === undefined) return [];
    const verdict = change.type === 'add' ? addedVerdict(change) : expressionRewrite(known);
    return verdict === undefined ? [] : [[changeKey(change), verdict]];

    function addedVerdict(added: AddedColumn): RewriteVerdict | undefined {
      const own = calledVolatility(volatilities ?? [], calledFunctions(added.default ?? []));
      return known && addedColumnRewrite(added, { ...known, called: own }, version);
    }
  });
}

/** SET EXPRESSION. */
function expressionRewrite({ generated }: { readonly generated: string }): RewriteVerdict | undefined {
  if (generated === 's') return { rewrites: 'yes', why: 'A stored column is computed anew for every row.' };
  return generated === 'v' ? { rewrites: 'no', why: 'A virtual column is computed when it is read.' } : undefined;
}
