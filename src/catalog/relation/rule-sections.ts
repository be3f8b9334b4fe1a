import { cell, type Rows } from '../catalog-work.ts';
import { isTableLike } from './constraint-sections.ts';
import { isKind, type Relation } from './relation.ts';
import { headed, querySection, type Section } from './section.ts';

// pg_rewrite.ev_enabled
const ruleHeadings = [
  ['O', 'Rules:'],
  ['D', 'Disabled rules:'],
  ['A', 'Rules firing always:'],
  ['R', 'Rules firing on replica only:'],
] as const;

/** What comes after `CREATE RULE ` in a rule's definition. */
function ruleText(definition: string): string {
  return definition.slice(12);
}

/** The rules of a table, by when they fire. */
export const rules: Section = querySection(
  (relation) => relation.hasRules && isTableLike(relation) && !isKind(relation, 'm'),
  ({ oid }) => `SELECT r.rulename, trim(trailing ';' from pg_catalog.pg_get_ruledef(r.oid, true)), ev_enabled
FROM pg_catalog.pg_rewrite r
WHERE r.ev_class = '${oid}' ORDER BY 1;`,
  ({ rows }) =>
    ruleHeadings.flatMap(([enabled, heading]) =>
      headed(
        heading,
        rows.filter((row) => cell(row, 2) === enabled).map((row) => `    ${ruleText(cell(row, 1))}`),
      ),
    ),
);

/** The definition of a view under +, and the rules it has besides its own. */
export const viewDefinition: Section = {
  applies: (relation) => relation.request.isVerbose && isKind(relation, 'vm'),
  *lines({ oid, hasRules }) {
    const view = yield `SELECT pg_catalog.pg_get_viewdef('${oid}'::pg_catalog.oid, true);`;
    const lines = view.rows.flatMap((row) => ['View definition:', cell(row, 0)]);
    if (!hasRules || lines.length === 0) return lines;
    const found: Rows = yield `SELECT r.rulename, trim(trailing ';' from pg_catalog.pg_get_ruledef(r.oid, true))
FROM pg_catalog.pg_rewrite r
WHERE r.ev_class = '${oid}' AND r.rulename != '_RETURN' ORDER BY 1;`;
    return [
      ...lines,
      ...headed(
        'Rules:',
        found.rows.map((row) => ` ${ruleText(cell(row, 1))}`),
      ),
    ];
  },
};

// pg_trigger.tgenabled and tgisinternal
const triggerHeadings: readonly (readonly [heading: string, enabled: string, isInternal: string])[] = [
  ['Triggers:', 'O', 'tf'],
  ['Disabled user triggers:', 'D', 'f'],
  ['Disabled internal triggers:', 'D', 't'],
  ['Triggers firing always:', 'A', 'tf'],
  ['Triggers firing on replica only:', 'R', 'tf'],
];

/** The triggers of a table or view, by when they fire. */
export const triggers: Section = querySection(
  ({ hasTriggers }) => hasTriggers,
  triggersQuery,
  ({ rows }) =>
    triggerHeadings.flatMap(([heading, enabled, isInternal]) =>
      headed(heading, rows.filter((row) => cell(row, 2) === enabled && isInternal.includes(cell(row, 3))).map(triggerText)),
    ),
);

function triggersQuery({ oid, request }: Relation): string {
  const parent =
    request.version >= 130_000
      ? `  CASE WHEN t.tgparentid != 0 THEN
    (SELECT u.tgrelid::pg_catalog.regclass
     FROM pg_catalog.pg_trigger AS u,
          pg_catalog.pg_partition_ancestors(t.tgrelid) WITH ORDINALITY AS a(relid, depth)
     WHERE u.tgname = t.tgname AND u.tgrelid = a.relid
           AND u.tgparentid = 0
     ORDER BY a.depth LIMIT 1)
  END AS parent`
      : '  NULL AS parent';
  // On 11 to 14 a partition's inherited triggers count as internal: they depend on another trigger.
  const shown =
    request.version >= 110_000 && request.version < 150_000
      ? `(NOT t.tgisinternal OR (t.tgisinternal AND t.tgenabled = 'D') 
    OR EXISTS (SELECT 1 FROM pg_catalog.pg_depend WHERE objid = t.oid 
        AND refclassid = 'pg_catalog.pg_trigger'::pg_catalog.regclass))`
      : "(NOT t.tgisinternal OR (t.tgisinternal AND t.tgenabled = 'D'))";
  return `SELECT t.tgname, pg_catalog.pg_get_triggerdef(t.oid, true), t.tgenabled, t.tgisinternal,
${parent}
FROM pg_catalog.pg_trigger t
WHERE t.tgrelid = '${oid}' AND ${shown}
ORDER BY 1;`;
}

function triggerText(row: readonly (string | null)[]): string {
  const definition = cell(row, 1);
  const at = definition.indexOf(' TRIGGER ');
  return `    ${at < 0 ? definition : definition.slice(at + 9)}${row[4] === null ? '' : `, ON TABLE ${cell(row, 4)}`}`;
}
