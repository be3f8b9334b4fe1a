/**
 * Whether a role could write anything: the session's user and every role it may become. One row, `t` where it can. What a function with
 * SECURITY DEFINER does for it is not seen, temporary tables do not count.
 */
export const canWriteQuery = `SELECT EXISTS (
  SELECT FROM pg_catalog.pg_roles r
  WHERE pg_catalog.pg_has_role(session_user, r.oid, 'MEMBER') AND (
    r.rolsuper OR r.rolcreatedb OR r.rolcreaterole OR r.rolreplication
    OR r.rolname IN ('pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program', 'pg_maintain')
    OR pg_catalog.has_database_privilege(r.oid, pg_catalog.current_database(), 'CREATE')
    OR EXISTS (SELECT FROM pg_catalog.pg_namespace n
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND pg_catalog.has_schema_privilege(r.oid, n.oid, 'CREATE'))
    OR EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND CASE
        WHEN c.relkind IN ('r', 'p', 'v', 'f', 'm') THEN pg_catalog.pg_has_role(r.oid, c.relowner, 'USAGE')
          OR pg_catalog.has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
          OR pg_catalog.has_any_column_privilege(r.oid, c.oid, 'INSERT, UPDATE')
        WHEN c.relkind = 'S' THEN pg_catalog.has_sequence_privilege(r.oid, c.oid, 'USAGE, UPDATE')
        ELSE false END)))`;
