-- What psql 18 does with pipelines, by its documentation of \startpipeline and the published behaviour of its regression test psql_pipeline.
-- Run with -a -q, both outputs in one.
create table piped (a int primary key, s text);

-- One statement, by parameters and by a semicolon.
\startpipeline
select $1 \bind 'one' \sendpipeline
\endpipeline
\startpipeline
select 'two';
\endpipeline

-- Several, on one line and on many; a semicolon after \bind.
\startpipeline
select $1, $2 \bind 'three' 'four' \sendpipeline
select 5; select 6; select
7
;
select $1 \bind eight
;
\echo :PIPELINE_COMMAND_COUNT
\endpipeline

-- The counters, from nothing to nothing.
\startpipeline
\echo :PIPELINE_COMMAND_COUNT :PIPELINE_SYNC_COUNT :PIPELINE_RESULT_COUNT
select $1 \bind 'a' \sendpipeline
\echo :PIPELINE_COMMAND_COUNT :PIPELINE_SYNC_COUNT :PIPELINE_RESULT_COUNT
\syncpipeline
\syncpipeline
select $1, $2 \bind 'b' 'c' \sendpipeline
\syncpipeline
select 'd';
\echo :PIPELINE_COMMAND_COUNT :PIPELINE_SYNC_COUNT :PIPELINE_RESULT_COUNT
\endpipeline
\echo :PIPELINE_COMMAND_COUNT :PIPELINE_SYNC_COUNT :PIPELINE_RESULT_COUNT

-- A second \startpipeline changes nothing; \flush sends what is collected.
\startpipeline
\startpipeline
\flush
select $1 \bind 'once' \sendpipeline
\flush
\endpipeline

-- Prepared statements; a semicolon replaces the unnamed one.
\startpipeline
select $1 || '!' \parse greeting
\bind_named greeting hello \sendpipeline
\close_prepared greeting
select $1 \parse ''
select 1;
\bind_named ''
\endpipeline
\startpipeline
select $2 \parse undetermined
\bind_named undetermined 2 \sendpipeline
\endpipeline

-- BEGIN takes in what the stretch did before it.
\startpipeline
insert into piped values ($1) \bind 1 \sendpipeline
begin \bind \sendpipeline
insert into piped values ($1) \bind 2 \sendpipeline
rollback \bind \sendpipeline
\endpipeline
\startpipeline
begin;
insert into piped values (1);
rollback;
begin;
insert into piped values (1);
commit;
\endpipeline
table piped;

-- \getresults: all, those before a request to flush or a sync, a number of them, none.
\startpipeline
select 1;
select 2;
\flushrequest
\getresults
select 3;
\syncpipeline
select 4;
\getresults
\endpipeline
\startpipeline
\getresults
select 1;
\getresults
\flushrequest
\endpipeline
\getresults
\startpipeline
select 1;
select 2;
select 3;
\syncpipeline
\echo :PIPELINE_RESULT_COUNT
\getresults 1
\echo :PIPELINE_RESULT_COUNT
select 4;
\getresults 3
\echo :PIPELINE_RESULT_COUNT
\endpipeline
\startpipeline
\syncpipeline
\syncpipeline
select 1;
\flushrequest
\getresults 2
\getresults 1
select 2;
select 3;
\syncpipeline
\getresults 0
\endpipeline
\startpipeline
select 1;
\flushrequest
\getresults -1
select 99;
\flushrequest
\getresults
\endpipeline

-- Outside of a pipeline.
\endpipeline
\syncpipeline
\sendpipeline
select $1 \bind 1 \sendpipeline
\reset
\flush
\flushrequest
\getresults 1
select 'still here';

-- What would have to wait for its result is refused; the pipeline goes on.
\startpipeline
\sendpipeline
select 1 \sendpipeline
\reset
select $1 \bind 1 \g
select $1 \bind 1 \g (format=unaligned tuples_only=on)
select $1 \bind 1 \gx
\reset
select $1 as a \bind 1 \gset
\bind_named '' 1 \gset pre_ \echo :pre_a
\reset
select 1 \bind \gexec
\reset
select 1, 2, 3 \bind \crosstabview
\reset
select 1 \bind \watch 1
\gdesc
select 'alive' \bind \sendpipeline
\endpipeline

-- A refusal is said again with the next one while answers are outstanding.
\startpipeline
select 1 \bind \sendpipeline
\gdesc
\gdesc
\d piped
\endpipeline
\echo :ERROR :SQLSTATE

-- An error: what comes after it does not run, up to the next sync.
\startpipeline
select $1 \bind \sendpipeline
select 'skipped';
\syncpipeline
select $1 \bind 'after the sync' \sendpipeline
\endpipeline
\echo :ERROR :SQLSTATE :LAST_ERROR_SQLSTATE
\startpipeline
select $1;
select 1;
\endpipeline
\startpipeline
select nope;
\flushrequest
\getresults
\echo :ERROR :SQLSTATE :ROW_COUNT
select 'aborted';
select 1 \parse aborted
\bind_named aborted \sendpipeline
\close_prepared aborted
select 1 \gx
\reset
\syncpipeline
\getresults
select 'recovered';
select $1 \parse again
\bind_named again 1 \sendpipeline
\close_prepared again
\flushrequest
\getresults
\endpipeline
\startpipeline
select 1/0;
select 1;
select 1 \parse b
\bind_named b \sendpipeline
\syncpipeline
\getresults 1
\getresults 1
\getresults 1
\getresults 1
\getresults 1
\endpipeline
\startpipeline
begin;
insert into piped values (1);
rollback;
\endpipeline
rollback;

-- A commit that fails at the sync.
create table deferred (a int primary key deferrable initially deferred);
\startpipeline
insert into deferred values (1), (1) returning *;
\endpipeline
\startpipeline
insert into deferred values (1), (1);
insert into deferred values (1), (1);
\syncpipeline
select 'after';
\getresults
select 'and after that';
\endpipeline
\startpipeline
insert into deferred values (1), (1);
select 'partial';
\syncpipeline
\getresults 1
\getresults 1
\getresults
\endpipeline
drop table deferred;

-- Rows in chunks.
\set FETCH_COUNT 10
\startpipeline
select 1;
\flushrequest
\getresults
select 2;
\endpipeline
\startpipeline
select nope;
\flushrequest
\getresults
select 3;
\endpipeline
\unset FETCH_COUNT

-- Transactions: the stretch up to a sync is one.
\startpipeline
set local statement_timeout = '1h';
show statement_timeout;
\syncpipeline
show statement_timeout;
set local statement_timeout = '2h';
show statement_timeout;
\endpipeline
\startpipeline
savepoint a;
select 1;
\endpipeline
\startpipeline
lock piped;
\endpipeline
\startpipeline
select 1;
lock piped;
select 2;
\endpipeline
\startpipeline
vacuum piped;
\endpipeline
\startpipeline
select 1;
vacuum piped;
\endpipeline
\startpipeline
select 1;
\syncpipeline
vacuum piped;
\endpipeline

-- Conditions, variables, other settings.
\startpipeline
\set n 7
\if true
select :n as n;
\else
select 'never';
\endif
\pset format csv
select :'n' as quoted;
\endpipeline
\pset format aligned
\set SHOW_ALL_RESULTS off
\startpipeline
select 1;
select 2;
\flushrequest
\getresults
select 3;
\endpipeline
\set SHOW_ALL_RESULTS on
\set AUTOCOMMIT off
\startpipeline
insert into piped values (3);
\endpipeline
rollback;
\startpipeline
commit;
\syncpipeline
\getresults
select 1;
\endpipeline
\set AUTOCOMMIT on
table piped;

-- Nothing in it; a new connection leaves it.
\startpipeline
\endpipeline
\startpipeline
select 'never read';
\c
select 'not piped';
\endpipeline
drop table piped;
