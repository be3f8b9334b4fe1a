/** Constraints as CREATE TABLE, ALTER TABLE and the foreign tables write them. */

const deferral = `        [ [ NOT ] DEFERRABLE ] [ INITIALLY { DEFERRED | IMMEDIATE } ]
18+         [ [ NOT ] ENFORCED ]`;

export const columnConstraint = `column_constraint:
    [ CONSTRAINT constraint_name ]
18-         { NOT NULL
18+         { NOT NULL [ NO INHERIT ]
        | NULL
        | CHECK ( condition ) [ NO INHERIT ]
        | DEFAULT expression
18-         | GENERATED ALWAYS AS ( expression ) STORED
18+         | GENERATED ALWAYS AS ( expression ) [ STORED | VIRTUAL ]
        | GENERATED { ALWAYS | BY DEFAULT } AS IDENTITY [ ( sequence_option [ ... ] ) ]
        | UNIQUE [ NULLS [ NOT ] DISTINCT ] index_parameters
        | PRIMARY KEY index_parameters
        | REFERENCES other_table [ ( other_column ) ] [ MATCH { FULL | PARTIAL | SIMPLE } ]
              [ ON DELETE referential_action ] [ ON UPDATE referential_action ] }
${deferral}`;

export const tableConstraint = `table_constraint:
    [ CONSTRAINT constraint_name ]
        { CHECK ( condition ) [ NO INHERIT ]
18+         | NOT NULL column_name [ NO INHERIT ]
18-         | UNIQUE [ NULLS [ NOT ] DISTINCT ] ( column_name [, ...] ) index_parameters
18-         | PRIMARY KEY ( column_name [, ...] ) index_parameters
18+         | UNIQUE [ NULLS [ NOT ] DISTINCT ]
18+               ( column_name [, ...] [, column_name WITHOUT OVERLAPS ] ) index_parameters
18+         | PRIMARY KEY
18+               ( column_name [, ...] [, column_name WITHOUT OVERLAPS ] ) index_parameters
        | EXCLUDE [ USING index_method ] ( exclude_element WITH operator [, ...] )
              index_parameters [ WHERE ( predicate ) ]
18-         | FOREIGN KEY ( column_name [, ...] )
18-               REFERENCES other_table [ ( other_column [, ...] ) ]
18+         | FOREIGN KEY ( column_name [, ...] [, PERIOD column_name ] )
18+               REFERENCES other_table [ ( other_column [, ...] [, PERIOD other_column ] ) ]
              [ MATCH { FULL | PARTIAL | SIMPLE } ]
              [ ON DELETE referential_action ] [ ON UPDATE referential_action ] }
${deferral}`;

export const indexParameters = `index_parameters:
    [ INCLUDE ( column_name [, ...] ) ]
    [ WITH ( storage_parameter [= value] [, ...] ) ]
    [ USING INDEX TABLESPACE tablespace_name ]

exclude_element:
    { column_name | ( expression ) } [ COLLATE collation ]
        [ opclass [ ( parameter = value [, ...] ) ] ]
        [ ASC | DESC ] [ NULLS { FIRST | LAST } ]`;

export const referentialAction = `referential_action:
    NO ACTION
  | RESTRICT
  | CASCADE
  | SET NULL [ ( column_name [, ...] ) ]
  | SET DEFAULT [ ( column_name [, ...] ) ]`;

export const partitionBound = `bound:
    IN ( expression [, ...] )
  | FROM ( { expression | MINVALUE | MAXVALUE } [, ...] )
        TO ( { expression | MINVALUE | MAXVALUE } [, ...] )
  | WITH ( MODULUS number , REMAINDER number )`;

/** A foreign table's constraints are only declared, never checked. */
export const foreignColumnConstraint = `column_constraint:
    [ CONSTRAINT constraint_name ]
18-         { NOT NULL
18+         { NOT NULL [ NO INHERIT ]
        | NULL
        | CHECK ( condition ) [ NO INHERIT ]
        | DEFAULT expression
18-         | GENERATED ALWAYS AS ( expression ) STORED }
18+         | GENERATED ALWAYS AS ( expression ) [ STORED | VIRTUAL ] }
18+         [ [ NOT ] ENFORCED ]`;

export const foreignTableConstraint = `table_constraint:
    [ CONSTRAINT constraint_name ]
18-         CHECK ( condition ) [ NO INHERIT ]
18+         { CHECK ( condition ) [ NO INHERIT ]
18+         | NOT NULL column_name [ NO INHERIT ] }
18+         [ [ NOT ] ENFORCED ]`;
