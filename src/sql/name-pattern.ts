import { quoteLiteral } from './quote.ts';

/** What a pattern's parts are matched against: SQL expressions of the query the conditions go into. */
export interface PatternTargets {
  /** Absent: the names have no schema, dots are counted all the same. */
  readonly schema?: string;
  readonly name: string;
  /** A second expression that may match the name instead. */
  readonly alternative?: string;
  /** The condition where no schema was given, such as `pg_catalog.pg_table_is_visible(c.oid)`. */
  readonly visibility?: string;
}

export interface PatternOptions {
  /** Special characters of regular expressions stand for themselves outside of quotes too: names of operators. */
  readonly forceEscape?: boolean;
  /** How many names dots may join. Default: 3 with a schema (database.schema.name), else 1; \dn takes 2. */
  readonly maximumParts?: number;
  /** The database connected to, which a third part must name. */
  readonly database?: string;
  /** As number, 150000; before 12 there is no collation to override. */
  readonly serverVersion?: number;
}

export type NamePattern = { readonly conditions: readonly string[] } | { readonly error: string };

/** The regular expressions a pattern stands for, each `^(…)$`, and the number of dots outside of quotes. */
export interface PatternParts {
  readonly name: string;
  readonly schema: string | undefined;
  /** The first of three parts as a literal, not as an expression. */
  readonly database: string | undefined;
  readonly dots: number;
}

/**
 * The WHERE conditions of a pattern of \d and its kin, or psql's message why it cannot be one (processSQLNamePattern and
 * validateSQLNamePattern). undefined as the pattern: what is visible.
 */
export function namePattern(pattern: string | undefined, targets: PatternTargets, options: PatternOptions = {}): NamePattern {
  if (pattern === undefined) return { conditions: targets.visibility === undefined ? [] : [targets.visibility] };
  const parts = patternParts(pattern, targets.schema === undefined ? 1 : 3, options.forceEscape === true);
  const maximumParts = options.maximumParts ?? (targets.schema === undefined ? 1 : 3);
  if (parts.dots >= maximumParts) return { error: `improper qualified name (too many dotted names): ${pattern}` };
  if (maximumParts > 1 && parts.dots === maximumParts - 1 && (parts.database ?? '') !== options.database) {
    return { error: `cross-database references are not implemented: ${pattern}` };
  }
  return { conditions: conditionsOf(parts, targets, options.serverVersion ?? 150000) };
}

function conditionsOf(parts: PatternParts, targets: PatternTargets, serverVersion: number): string[] {
  const conditions: string[] = [];
  const collation = serverVersion >= 120000 ? ' COLLATE pg_catalog.default' : '';
  const matches = (target: string, expression: string) =>
    `${target} OPERATOR(pg_catalog.~) ${quoteLiteral(expression).trimStart()}${collation}`;
  if (!matchesAll(parts.name)) {
    const condition = matches(targets.name, parts.name);
    const { alternative } = targets;
    conditions.push(alternative === undefined ? condition : `(${condition}\n        OR ${matches(alternative, parts.name)})`);
  }
  if (targets.schema !== undefined && parts.schema !== undefined && parts.schema.length > 2) {
    if (!matchesAll(parts.schema)) conditions.push(matches(targets.schema, parts.schema));
  } else if (targets.visibility !== undefined) {
    conditions.push(targets.visibility);
  }
  return conditions;
}

function matchesAll(expression: string): boolean {
  return expression === '^(.*)$';
}

const special = '|*+?()[]{}.^$\\';

/** Splits a shell-like pattern at its dots into at most `maximumParts` regular expressions (patternToSQLRegex). */
export function patternParts(pattern: string, maximumParts: 1 | 2 | 3, forceEscape: boolean): PatternParts {
  const expressions = ['^('];
  let literal = '';
  let dots = 0;
  let isQuoted = false;
  const add = (expression: string, text: string) => {
    expressions.push(`${expressions.pop()}${expression}`);
    if (dots === 0) literal += text;
  };
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] ?? '';
    if (character === '"') {
      if (isQuoted && pattern[at + 1] === '"') {
        at++;
        add('"', '"');
      } else isQuoted = !isQuoted;
    } else if (!isQuoted && character >= 'A' && character <= 'Z') add(character.toLowerCase(), character.toLowerCase());
    else if (!isQuoted && character === '*') add('.*', '*');
    else if (!isQuoted && character === '?') add('.', '?');
    else if (!isQuoted && character === '.') {
      dots++;
      if (expressions.length < maximumParts) expressions.push('^(');
      else add('.', '');
    }
    // A dollar sign is a character of names and of no use at the end of an anchored expression.
    else if (character === '$') add('\\$', '$');
    else {
      const escapes = isQuoted || forceEscape ? special.includes(character) : character === '[' && pattern[at + 1] === ']';
      add(escapes ? `\\${character}` : character, character);
    }
  }
  const [name = '^()$', schema] = expressions.map((expression) => `${expression})$`).reverse();
  return { name, schema, database: expressions.length === 3 ? literal : undefined, dots };
}
