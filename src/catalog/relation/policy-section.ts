import { cell } from '../catalog-work.ts';
import { isTableLike } from './constraint-sections.ts';
import type { Relation } from './relation.ts';
import { querySection, type Section } from './section.ts';

/** Row security policies; the heading says whether they are in force. */
export const policies: Section = querySection(
  isTableLike,
  ({ oid }) => `SELECT pol.polname, pol.polpermissive,
  CASE WHEN pol.polroles = '{0}' THEN NULL ELSE pg_catalog.array_to_string(array(select rolname from pg_catalog.pg_roles where oid = any (pol.polroles) order by 1),',') END,
  pg_catalog.pg_get_expr(pol.polqual, pol.polrelid),
  pg_catalog.pg_get_expr(pol.polwithcheck, pol.polrelid),
  CASE pol.polcmd
    WHEN 'r' THEN 'SELECT'
    WHEN 'a' THEN 'INSERT'
    WHEN 'w' THEN 'UPDATE'
    WHEN 'd' THEN 'DELETE'
    END AS cmd
FROM pg_catalog.pg_policy pol
WHERE pol.polrelid = '${oid}' ORDER BY 1;`,
  ({ rows }, relation) => [...heading(relation, rows.length > 0), ...rows.map(policyText)],
);

function heading({ rowSecurity, forceRowSecurity }: Relation, hasPolicies: boolean): readonly string[] {
  if (!rowSecurity) return hasPolicies ? ['Policies (row security disabled):'] : [];
  if (forceRowSecurity) return [`Policies (forced row security enabled):${hasPolicies ? '' : ' (none)'}`];
  return [hasPolicies ? 'Policies:' : 'Policies (row security enabled): (none)'];
}

function policyText(row: readonly (string | null)[]): string {
  const part = (column: number, text: (value: string) => string) => (row[column] === null ? '' : text(cell(row, column)));
  return [
    `    POLICY "${cell(row, 0)}"`,
    cell(row, 1) === 'f' ? ' AS RESTRICTIVE' : '',
    part(5, (command) => ` FOR ${command}`),
    part(2, (roles) => `\n      TO ${roles}`),
    part(3, (condition) => `\n      USING (${condition})`),
    part(4, (condition) => `\n      WITH CHECK (${condition})`),
  ].join('');
}
