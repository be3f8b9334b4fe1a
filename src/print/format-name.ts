import type { FormatName } from './print-options.ts';

const psqlFormats = ['aligned', 'asciidoc', 'csv', 'html', 'latex', 'latex-longtable', 'troff-ms', 'unaligned', 'wrapped'] as const;
// Taken by their full names alone, so that every abbreviation means what it means to psql.
const ownFormats: readonly FormatName[] = ['json', 'json-lines', 'markdown', 'insert'];

export type ResolvedFormat = { readonly format: FormatName } | { readonly error: string };

/** The format a name or a unique abbreviation of one stands for, in any case of letters, by psql's rules and error texts. */
export function resolveFormatName(prefix: string): ResolvedFormat {
  const sought = prefix.toLowerCase();
  const own = ownFormats.find((name) => name === sought);
  if (own !== undefined) return { format: own };
  const exact = psqlFormats.find((name) => name === sought);
  if (exact !== undefined) return { format: exact };
  // What latex-longtable begins like is latex, as long as latex begins like it.
  const [first, second] = psqlFormats.filter(
    (name) => name.startsWith(sought) && (name !== 'latex-longtable' || !'latex'.startsWith(sought)),
  );
  if (first === undefined) return { error: `\\pset: allowed formats are ${psqlFormats.join(', ')}` };
  if (second !== undefined) return { error: `\\pset: ambiguous abbreviation "${prefix}" matches both "${first}" and "${second}"` };
  return { format: first };
}
