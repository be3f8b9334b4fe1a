import { aggregateSignature, alterCommon, ownerTo, routineArguments } from './fragments.ts';
import type { SqlHelp } from './sql-help.ts';

const security = '[ EXTERNAL ] SECURITY { INVOKER | DEFINER }';

const settings = `  | SET parameter { { TO | = } { value | DEFAULT } | FROM CURRENT }
  | RESET { parameter | ALL }`;

const routineTraits = `    IMMUTABLE | STABLE | VOLATILE
  | [ NOT ] LEAKPROOF
  | ${security}
  | PARALLEL { UNSAFE | RESTRICTED | SAFE }
  | COST execution_cost
  | ROWS result_rows`;

const functionTraits = `${routineTraits}
  | { CALLED | RETURNS NULL } ON NULL INPUT | STRICT
  | SUPPORT support_function`;

/** A list of alternatives, to go on an earlier one. */
function asAlternatives(traits: string): string {
  return traits.replace(/^ {4}/, '  | ');
}

function alterRoutine(kind: string, traits: string): string {
  const routine = `ALTER ${kind} name [ ${routineArguments} ]`;
  return `${routine}
    action [ ... ] [ RESTRICT ]
${routine}
    RENAME TO new_name
${routine}
    ${ownerTo}
${routine}
    SET SCHEMA new_schema
${routine}
    [ NO ] DEPENDS ON EXTENSION extension_name

action:
${traits}
${settings}`;
}

const parameters = '( [ [ argmode ] [ argname ] argtype [ { DEFAULT | = } default ] [, ...] ] )';

const body = `  | SET parameter { TO value | = value | FROM CURRENT }
  | AS 'definition'
  | AS 'object_file', 'link_symbol'
  | sql_body

sql_body:
    RETURN expression
  | BEGIN ATOMIC statement; [ ... ] END`;

const parallel = '[, PARALLEL = { SAFE | RESTRICTED | UNSAFE } ]';

const stateOptions = `    SFUNC = state_function,
    STYPE = state_type
    [, SSPACE = state_size ]
    [, FINALFUNC = final_function ]
    [, FINALFUNC_EXTRA ]
    [, FINALFUNC_MODIFY = { READ_ONLY | SHAREABLE | READ_WRITE } ]`;

const plainOptions = `${stateOptions}
    [, COMBINEFUNC = combine_function ]
    [, SERIALFUNC = serialize_function ]
    [, DESERIALFUNC = deserialize_function ]
    [, INITCOND = initial_condition ]
    [, MSFUNC = moving_state_function ]
    [, MINVFUNC = moving_inverse_function ]
    [, MSTYPE = moving_state_type ]
    [, MSSPACE = moving_state_size ]
    [, MFINALFUNC = moving_final_function ]
    [, MFINALFUNC_EXTRA ]
    [, MFINALFUNC_MODIFY = { READ_ONLY | SHAREABLE | READ_WRITE } ]
    [, MINITCOND = moving_initial_condition ]
    [, SORTOP = sort_operator ]`;

export const routines: readonly SqlHelp[] = [
  {
    name: 'ALTER AGGREGATE',
    description: 'rename, move or give away an aggregate function',
    id: 'sql-alteraggregate',
    synopsis: `${alterCommon('ALTER AGGREGATE name ( signature )')}

${aggregateSignature}`,
  },
  {
    name: 'ALTER FUNCTION',
    description: "change a function's traits, parameters, name, owner or schema",
    id: 'sql-alterfunction',
    synopsis: alterRoutine('FUNCTION', functionTraits),
  },
  {
    name: 'ALTER LANGUAGE',
    description: 'rename a procedural language or give it away',
    id: 'sql-alterlanguage',
    synopsis: `ALTER [ PROCEDURAL ] LANGUAGE name RENAME TO new_name
ALTER [ PROCEDURAL ] LANGUAGE name ${ownerTo}`,
  },
  {
    name: 'ALTER PROCEDURE',
    description: "change a procedure's security, parameters, name, owner or schema",
    id: 'sql-alterprocedure',
    synopsis: alterRoutine('PROCEDURE', `    ${security}`),
  },
  {
    name: 'ALTER ROUTINE',
    description: 'change a function, an aggregate or a procedure',
    id: 'sql-alterroutine',
    synopsis: alterRoutine('ROUTINE', routineTraits),
  },
  {
    name: 'CALL',
    description: 'run a procedure',
    id: 'sql-call',
    synopsis: 'CALL name ( [ argument ] [, ...] )',
  },
  {
    name: 'CREATE AGGREGATE',
    description: 'add an aggregate function',
    id: 'sql-createaggregate',
    synopsis: `CREATE [ OR REPLACE ] AGGREGATE name ( { * | [ argmode ] [ argname ] argtype [, ...] } ) (
${plainOptions}
    ${parallel}
)

CREATE [ OR REPLACE ] AGGREGATE name (
    [ [ argmode ] [ argname ] argtype [, ...] ]
    ORDER BY [ argmode ] [ argname ] argtype [, ...]
) (
${stateOptions}
    [, INITCOND = initial_condition ]
    ${parallel}
    [, HYPOTHETICAL ]
)

The syntax of before PostgreSQL 8.2:

CREATE [ OR REPLACE ] AGGREGATE name (
    BASETYPE = argument_type,
${plainOptions}
)`,
  },
  {
    name: 'CREATE FUNCTION',
    description: 'add a function, or replace its code',
    id: 'sql-createfunction',
    synopsis: `CREATE [ OR REPLACE ] FUNCTION name
    ${parameters}
    [ RETURNS return_type | RETURNS TABLE ( column_name column_type [, ...] ) ]
    option [ ... ]

option:
    LANGUAGE language
  | TRANSFORM { FOR TYPE type_name } [, ...]
  | WINDOW
${asAlternatives(functionTraits)}
${body}`,
  },
  {
    name: 'CREATE LANGUAGE',
    description: 'add a procedural language',
    id: 'sql-createlanguage',
    synopsis: `CREATE [ OR REPLACE ] [ TRUSTED ] [ PROCEDURAL ] LANGUAGE name
    HANDLER call_handler [ INLINE inline_handler ] [ VALIDATOR validator_function ]
CREATE [ OR REPLACE ] [ TRUSTED ] [ PROCEDURAL ] LANGUAGE name`,
  },
  {
    name: 'CREATE PROCEDURE',
    description: 'add a procedure, or replace its code',
    id: 'sql-createprocedure',
    synopsis: `CREATE [ OR REPLACE ] PROCEDURE name
    ${parameters}
    option [ ... ]

option:
    LANGUAGE language
  | TRANSFORM { FOR TYPE type_name } [, ...]
  | ${security}
${body}`,
  },
];
