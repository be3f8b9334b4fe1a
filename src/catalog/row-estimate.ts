/** Explains a statement without running it; its plan comes as JSON. */
export function planQuery(sql: string): string {
  return `EXPLAIN (FORMAT JSON) ${sql}`;
}

interface PlanNode {
  readonly 'Node Type'?: unknown;
  readonly 'Plan Rows'?: unknown;
  readonly 'Parent Relationship'?: unknown;
  readonly Plans?: unknown;
}

/** The most rows that a part of the plan is expected to insert, update or delete; undefined where the plan cannot be read or changes none. */
export function rowsChanged(plan: string): number | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(plan);
  } catch {
    return undefined;
  }
  const root = Array.isArray(parsed) ? (parsed[0] as { readonly Plan?: unknown } | undefined)?.Plan : undefined;
  const counts = nodesOf(root).flatMap((node) => (node['Node Type'] === 'ModifyTable' ? [rowsBelow(node)] : []));
  return counts.length === 0 ? undefined : Math.max(...counts);
}

function nodesOf(node: unknown): readonly PlanNode[] {
  if (typeof node !== 'object' || node === null) return [];
  return [node, ...childrenOf(node).flatMap(nodesOf)];
}

function childrenOf(node: PlanNode): readonly unknown[] {
  return Array.isArray(node.Plans) ? node.Plans : [];
}

/** Before 14 each partition had a plan of its own below; subplans are none of them. */
function rowsBelow(node: PlanNode): number {
  const plans = childrenOf(node) as readonly PlanNode[];
  const sources = plans.filter((plan) => plan['Parent Relationship'] === 'Outer' || plan['Parent Relationship'] === 'Member');
  return sources.reduce((sum, plan) => sum + (typeof plan['Plan Rows'] === 'number' ? plan['Plan Rows'] : 0), 0);
}
