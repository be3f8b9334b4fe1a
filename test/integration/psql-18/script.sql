-- What psql 15 has not and psql 16 to 18 have, on a server of version 18. Run with -a -q, both outputs in one.
-- Sources: the manual page psql of 16, 17 and 18; src/bin/psql and src/test/regress/expected/psql.out of those versions.

-- \bind (16: exec_command_bind): parameters, the last one wins; \g, \gx, \gset, \gdesc and a semicolon send it.
select 1 as one \bind \g
select $1 as a, $2 as b \bind 'a b' 2 \g
select $1 as a \bind 1 2 \bind 3 \g
select $1 as a \bind x
;
select $1 as a \bind x \gx
select $1 as a \bind 'set' \gset got_
\echo :got_a
select $1::int as a \bind 7 \g (format=csv)
select nope \bind \g
select 1 \; select 2 \bind \g
select $1, $2 \bind 1 \g
\bind 1 2
select 'takes none' as a;
select 'takes none' as a;

-- \parse, \bind_named, \close_prepared (18: exec_command_parse and its kin).
\parse
select $1::text || '!' as a \parse shout
select 'unnamed' as a \parse ''
\bind_named
\bind_named shout hello \g
\bind_named '' \g
\bind_named shout \g
\bind_named nosuch \g
\bind_named shout twice \bind_named '' \g
select name, statement, parameter_types from pg_prepared_statements order by name;
\close_prepared
\close_prepared shout
\close_prepared shout
select count(*) from pg_prepared_statements;

-- \drg (16: describeRoleGrants): who is a member of what, by whose grant.
create role drg_group;
create role drg_member;
grant drg_group to drg_member with admin option, inherit false;
\drg drg_*
\drg nosuch
\drgx drg_*
\drgS drg_member
\du drg_member
drop role drg_member, drg_group;

-- \watch: interval and count by name or letter (16), least number of rows (17), WATCH_INTERVAL (18).
select 1 as a \watch i=0.01 c=2
select 2 as b \watch interval=0.01 count=1
select 3 as c \watch c=1 0.01
select 4 as d \watch count=3 min_rows=2
select g as e from generate_series(1, 2) g \watch interval=0 count=2 m=2
select 1 \watch i=-1
select 1 \watch interval=soon
select 1 \watch 1 i=1
select 1 \watch c=0
select 1 \watch count=1 c=1
select 1 \watch m=0
select 1 \watch min_rows=1 m=1
select 1 \watch rows=1
\echo :WATCH_INTERVAL
\set WATCH_INTERVAL 0.01
select 5 as f \watch c=2
\set WATCH_INTERVAL soon
\set WATCH_INTERVAL -1
\set WATCH_INTERVAL 1e7
\set WATCH_INTERVAL 1e500
\set WATCH_INTERVAL ''
\echo :WATCH_INTERVAL
\unset WATCH_INTERVAL
\echo :WATCH_INTERVAL

-- SHELL_ERROR and SHELL_EXIT_CODE (16: SetShellResultVariables): \!, backticks, \o, \g and \w into a command, \copy from and to a program.
\echo :{?SHELL_ERROR} :{?SHELL_EXIT_CODE}
\! true
\echo :SHELL_ERROR :SHELL_EXIT_CODE
\! exit 3
\echo :SHELL_ERROR :SHELL_EXIT_CODE
\! kill -TERM $$
\echo :SHELL_ERROR :SHELL_EXIT_CODE
\! howdah_has_no_such_command 2> /dev/null
\echo :SHELL_ERROR :SHELL_EXIT_CODE
\set got `echo text; exit 4`
\echo :got :SHELL_ERROR :SHELL_EXIT_CODE
\set got `echo fine`
\echo :got :SHELL_ERROR :SHELL_EXIT_CODE
select 1 as a \g | cat > /dev/null; exit 5
\echo :SHELL_ERROR :SHELL_EXIT_CODE
select 1 as a \g /dev/null
\echo :SHELL_ERROR :SHELL_EXIT_CODE
\o | cat > /dev/null; exit 6
\o
\echo :SHELL_ERROR :SHELL_EXIT_CODE
select 1
\w | cat > /dev/null; exit 7
\echo :SHELL_ERROR :SHELL_EXIT_CODE
\r
create temp table copied (a int);
\copy copied from program 'echo 1; exit 8'
\echo :SHELL_ERROR :SHELL_EXIT_CODE
\copy copied to program 'cat > /dev/null'
\echo :SHELL_ERROR :SHELL_EXIT_CODE

-- \pset xheader_width (16).
\set QUIET off
\pset
\pset xheader_width
\pset xheader_width page
\pset xheader_width column
\pset xheader_width 12
\pset xheader_width nope
\pset xheader_width full
\set QUIET on

-- \conninfo (18: exec_command_conninfo) and SERVICE (18: SyncVariables).
\conninfo
\echo :{?SERVICE}
\c "service=of_the_test options='-c work_mem=1MB'"
\echo :SERVICE
\conninfo

-- FETCH_COUNT (17: ExecQueryAndProcessResults): any result in chunks, each with widths of its own, the footer last; what was cut short without it.
\pset border 2
\set FETCH_COUNT 2
select g, repeat('x', g) as xs from generate_series(1, 5) g;
select g, repeat('x', g) as xs from generate_series(1, 4) g \; select 'second' as b;
create temp table fetched (a int);
insert into fetched values (1), (2), (3) returning a;
select 1 / (4 - g) as quotient from generate_series(1, 7) g;
\echo :ERROR :ROW_COUNT
select 1 as none where false;
select g as a from generate_series(1, 3) g \g (format=unaligned)
select 1 / (4 - g) as quotient from generate_series(1, 7) g \g (format=csv)
select g as a from generate_series(1, 3) g \g (expanded=on)
select 7 as seven \gset
\echo :seven :ROW_COUNT
select $1 || g as a from generate_series(1, 3) g \bind p \g
\startpipeline
select g as chunked, repeat('x', g) as xs from generate_series(1, 3) g;
select g as whole, repeat('x', g) as xs from generate_series(1, 3) g;
\endpipeline
