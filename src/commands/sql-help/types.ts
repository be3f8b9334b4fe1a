import { alterCommon, cascade, ownerTo } from './fragments.ts';
import type { SqlHelp } from './sql-help.ts';

const typeFunctions = `    [, RECEIVE = receive_function ]
    [, SEND = send_function ]
    [, TYPMOD_IN = modifier_input_function ]
    [, TYPMOD_OUT = modifier_output_function ]
    [, ANALYZE = analyze_function ]
    [, SUBSCRIPT = subscript_function ]`;

export const types: readonly SqlHelp[] = [
  {
    name: 'ALTER COLLATION',
    description: 'rename, move or give away a collation, or note its new version',
    id: 'sql-altercollation',
    synopsis: `ALTER COLLATION name REFRESH VERSION
${alterCommon('ALTER COLLATION name')}`,
  },
  {
    name: 'ALTER CONVERSION',
    description: 'rename, move or give away an encoding conversion',
    id: 'sql-alterconversion',
    synopsis: alterCommon('ALTER CONVERSION name'),
  },
  {
    name: 'ALTER DOMAIN',
    description: "change a domain's default, constraints, name, owner or schema",
    id: 'sql-alterdomain',
    synopsis: `ALTER DOMAIN name { SET DEFAULT expression | DROP DEFAULT }
ALTER DOMAIN name { SET | DROP } NOT NULL
ALTER DOMAIN name ADD constraint [ NOT VALID ]
ALTER DOMAIN name DROP CONSTRAINT [ IF EXISTS ] constraint_name ${cascade}
ALTER DOMAIN name RENAME CONSTRAINT constraint_name TO new_constraint_name
ALTER DOMAIN name VALIDATE CONSTRAINT constraint_name
${alterCommon('ALTER DOMAIN name')}

constraint:
    [ CONSTRAINT constraint_name ] { NOT NULL | CHECK ( condition ) }`,
  },
  {
    name: 'ALTER TYPE',
    description: "change a type's attributes, labels, functions, name, owner or schema",
    id: 'sql-altertype',
    synopsis: `ALTER TYPE name ${ownerTo}
ALTER TYPE name RENAME TO new_name
ALTER TYPE name SET SCHEMA new_schema
ALTER TYPE name RENAME ATTRIBUTE attribute TO new_attribute ${cascade}
ALTER TYPE name action [, ...]
ALTER TYPE name ADD VALUE [ IF NOT EXISTS ] new_label [ { BEFORE | AFTER } other_label ]
ALTER TYPE name RENAME VALUE label TO new_label
ALTER TYPE name SET ( property = value [, ...] )

action:
    ADD ATTRIBUTE attribute data_type [ COLLATE collation ] ${cascade}
  | DROP ATTRIBUTE [ IF EXISTS ] attribute ${cascade}
  | ALTER ATTRIBUTE attribute [ SET DATA ] TYPE data_type
        [ COLLATE collation ] ${cascade}`,
  },
  {
    name: 'CREATE CAST',
    description: 'say how one type converts to another',
    id: 'sql-createcast',
    synopsis: `CREATE CAST ( source_type AS target_type )
    { WITH FUNCTION function_name [ ( argument_type [, ...] ) ]
    | WITHOUT FUNCTION
    | WITH INOUT }
    [ AS ASSIGNMENT | AS IMPLICIT ]`,
  },
  {
    name: 'CREATE COLLATION',
    description: 'add a collation',
    id: 'sql-createcollation',
    synopsis: `CREATE COLLATION [ IF NOT EXISTS ] name ( option [, ...] )
CREATE COLLATION [ IF NOT EXISTS ] name FROM existing_collation

option:
    LOCALE = locale
  | LC_COLLATE = lc_collate
  | LC_CTYPE = lc_ctype
  | PROVIDER = provider
  | DETERMINISTIC = boolean
16+   | RULES = rules
  | VERSION = version`,
  },
  {
    name: 'CREATE CONVERSION',
    description: 'add a conversion between encodings',
    id: 'sql-createconversion',
    synopsis: `CREATE [ DEFAULT ] CONVERSION name
    FOR source_encoding TO dest_encoding FROM function_name`,
  },
  {
    name: 'CREATE DOMAIN',
    description: 'add a type that restricts another',
    id: 'sql-createdomain',
    synopsis: `CREATE DOMAIN name [ AS ] data_type
    [ COLLATE collation ] [ DEFAULT expression ] [ constraint [ ... ] ]

constraint:
    [ CONSTRAINT constraint_name ] { NOT NULL | NULL | CHECK ( condition ) }`,
  },
  {
    name: 'CREATE TRANSFORM',
    description: 'say how a type passes into and out of a procedural language',
    id: 'sql-createtransform',
    synopsis: `CREATE [ OR REPLACE ] TRANSFORM FOR type_name LANGUAGE language (
    FROM SQL WITH FUNCTION from_function [ ( argument_type [, ...] ) ],
    TO SQL WITH FUNCTION to_function [ ( argument_type [, ...] ) ]
)`,
  },
  {
    name: 'CREATE TYPE',
    description: 'add a composite, enumerated, range or base type',
    id: 'sql-createtype',
    synopsis: `CREATE TYPE name AS ( [ attribute data_type [ COLLATE collation ] [, ...] ] )

CREATE TYPE name AS ENUM ( [ 'label' [, ...] ] )

CREATE TYPE name AS RANGE (
    SUBTYPE = subtype
    [, SUBTYPE_OPCLASS = operator_class ]
    [, COLLATION = collation ]
    [, CANONICAL = canonical_function ]
    [, SUBTYPE_DIFF = difference_function ]
    [, MULTIRANGE_TYPE_NAME = multirange_type ]
)

CREATE TYPE name (
    INPUT = input_function,
    OUTPUT = output_function
${typeFunctions}
    [, INTERNALLENGTH = { length | VARIABLE } ]
    [, PASSEDBYVALUE ]
    [, ALIGNMENT = alignment ]
    [, STORAGE = storage ]
    [, LIKE = like_type ]
    [, CATEGORY = category ]
    [, PREFERRED = preferred ]
    [, DEFAULT = default ]
    [, ELEMENT = element_type ]
    [, DELIMITER = delimiter ]
    [, COLLATABLE = collatable ]
)

CREATE TYPE name`,
  },
];
