/** Parts of the grammar that several commands share. */

export const ownerTo = 'OWNER TO { new_owner | CURRENT_ROLE | CURRENT_USER | SESSION_USER }';

export const cascade = '[ CASCADE | RESTRICT ]';

/** The arguments that tell one overloaded routine from another. */
export const routineArguments = '( [ [ argmode ] [ argname ] argtype [, ...] ] )';

export const aggregateSignature = `signature:
    *
  | [ argmode ] [ argname ] argtype [, ...]
  | [ [ argmode ] [ argname ] argtype [, ...] ] ORDER BY [ argmode ] [ argname ] argtype [, ...]`;

/** Renaming, owner and schema: what ALTER can do with most objects. */
export function alterCommon(object: string): string {
  return `${object} RENAME TO new_name
${object}
    ${ownerTo}
${object} SET SCHEMA new_schema`;
}

export const roleSpecification = `role:
    role_name | CURRENT_ROLE | CURRENT_USER | SESSION_USER`;

/** SET and RESET of the parameters kept with a role or a database. */
export function alterSettings(object: string): string {
  return `${object} SET parameter { TO | = } { value | DEFAULT }
${object} SET parameter FROM CURRENT
${object} RESET { parameter | ALL }`;
}

export const transactionModes = `mode:
    ISOLATION LEVEL { SERIALIZABLE | REPEATABLE READ | READ COMMITTED | READ UNCOMMITTED }
  | READ WRITE | READ ONLY
  | [ NOT ] DEFERRABLE`;

export const foreignOptions = "OPTIONS ( [ ADD | SET | DROP ] option ['value'] [, ...] )";

export const newOptions = "[ OPTIONS ( option 'value' [, ...] ) ]";

/** The RETURNING clause of INSERT, UPDATE, DELETE and MERGE. */
export const returning = `18-     [ RETURNING { * | expression [ [ AS ] output_name ] } [, ...] ]
18+     [ RETURNING [ WITH ( { OLD | NEW } AS alias [, ...] ) ]
18+           { * | expression [ [ AS ] output_name ] } [, ...] ]`;

/** Options of a sequence, as CREATE SEQUENCE and identity columns take them. */
export const sequenceOptions = `[ INCREMENT [ BY ] increment ]
    [ MINVALUE minvalue | NO MINVALUE ] [ MAXVALUE maxvalue | NO MAXVALUE ]`;
