import { databases } from './databases.ts';
import { drops } from './drops.ts';
import { foreignData } from './foreign-data.ts';
import { maintenance } from './maintenance.ts';
import { operators } from './operators.ts';
import { queries } from './queries.ts';
import { replication } from './replication.ts';
import { roles } from './roles.ts';
import { routines } from './routines.ts';
import { sessionCommands } from './session.ts';
import type { SqlHelp } from './sql-help.ts';
import { tables } from './tables.ts';
import { textSearch } from './text-search.ts';
import { transactions } from './transactions.ts';
import { types } from './types.ts';
import { viewsAndIndexes } from './views-and-indexes.ts';

/** Every SQL command, by name: psql's order. */
export const sqlHelpTable: readonly SqlHelp[] = [
  ...databases,
  ...drops,
  ...foreignData,
  ...maintenance,
  ...operators,
  ...queries,
  ...replication,
  ...roles,
  ...routines,
  ...sessionCommands,
  ...tables,
  ...textSearch,
  ...transactions,
  ...types,
  ...viewsAndIndexes,
].sort((one, other) => (one.name < other.name ? -1 : 1));
