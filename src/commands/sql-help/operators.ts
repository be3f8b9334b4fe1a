import { alterCommon, ownerTo } from './fragments.ts';
import type { SqlHelp } from './sql-help.ts';

const operator = 'ALTER OPERATOR name ( { left_type | NONE } , right_type )';

const estimators = `{ RESTRICT = { restrict_function | NONE }
      | JOIN = { join_function | NONE }
17+       | COMMUTATOR = commutator
17+       | NEGATOR = negator
17+       | HASHES
17+       | MERGES
      } [, ...]`;

export const operators: readonly SqlHelp[] = [
  {
    name: 'ALTER OPERATOR',
    description: "change an operator's owner, schema or estimators",
    id: 'sql-alteroperator',
    synopsis: `${operator}
    ${ownerTo}
${operator}
    SET SCHEMA new_schema
${operator}
    SET ( ${estimators} )`,
  },
  {
    name: 'ALTER OPERATOR CLASS',
    description: 'rename, move or give away an operator class',
    id: 'sql-alteropclass',
    synopsis: alterCommon('ALTER OPERATOR CLASS name USING index_method'),
  },
  {
    name: 'ALTER OPERATOR FAMILY',
    description: 'add to an operator family, take from it, rename, move or give it away',
    id: 'sql-alteropfamily',
    synopsis: `ALTER OPERATOR FAMILY name USING index_method ADD
    { OPERATOR strategy_number operator_name ( left_type , right_type )
          [ FOR SEARCH | FOR ORDER BY sort_family ]
    | FUNCTION support_number [ ( left_type [ , right_type ] ) ]
          function_name [ ( argument_type [, ...] ) ] } [, ...]
ALTER OPERATOR FAMILY name USING index_method DROP
    { OPERATOR strategy_number ( left_type [ , right_type ] )
    | FUNCTION support_number ( left_type [ , right_type ] ) } [, ...]
${alterCommon('ALTER OPERATOR FAMILY name USING index_method')}`,
  },
  {
    name: 'CREATE OPERATOR',
    description: 'add an operator',
    id: 'sql-createoperator',
    synopsis: `CREATE OPERATOR name (
    { FUNCTION | PROCEDURE } = function_name
    [, LEFTARG = left_type ]
    [, RIGHTARG = right_type ]
    [, COMMUTATOR = commutator ]
    [, NEGATOR = negator ]
    [, RESTRICT = restrict_function ]
    [, JOIN = join_function ]
    [, HASHES ]
    [, MERGES ]
)`,
  },
  {
    name: 'CREATE OPERATOR CLASS',
    description: 'say how an index method handles a type',
    id: 'sql-createopclass',
    synopsis: `CREATE OPERATOR CLASS name [ DEFAULT ] FOR TYPE data_type
    USING index_method [ FAMILY family_name ] AS
    { OPERATOR strategy_number operator_name [ ( left_type , right_type ) ]
          [ FOR SEARCH | FOR ORDER BY sort_family ]
    | FUNCTION support_number [ ( left_type [ , right_type ] ) ]
          function_name ( argument_type [, ...] )
    | STORAGE storage_type } [, ...]`,
  },
  {
    name: 'CREATE OPERATOR FAMILY',
    description: 'add an empty operator family',
    id: 'sql-createopfamily',
    synopsis: 'CREATE OPERATOR FAMILY name USING index_method',
  },
];
