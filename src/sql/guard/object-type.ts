import type { TokenReader } from './token-reader.ts';

// What DROP, ALTER and CREATE name, the longer ones first.
const types = [
  'access method',
  'event trigger',
  'foreign data wrapper',
  'foreign table',
  'materialized view',
  'operator class',
  'operator family',
  'text search configuration',
  'text search dictionary',
  'text search parser',
  'text search template',
  'user mapping',
  'default privileges',
  'large object',
  'owned by',
  'procedural language',
  'constraint trigger',
  'aggregate',
  'cast',
  'collation',
  'conversion',
  'database',
  'domain',
  'extension',
  'function',
  'group',
  'index',
  'language',
  'operator',
  'policy',
  'procedure',
  'publication',
  'role',
  'routine',
  'rule',
  'schema',
  'sequence',
  'server',
  'statistics',
  'subscription',
  'system',
  'table',
  'tablespace',
  'transform',
  'trigger',
  'type',
  'user',
  'view',
].map((type) => type.split(' '));

/** Moves past the kind of object that is next, and gives it; '' where it is none PostgreSQL has. */
export function readObjectType(reader: TokenReader): string {
  const found = types.find((words) => reader.accept(...words));
  return found?.join(' ') ?? '';
}
