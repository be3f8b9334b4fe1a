select 1;
select 1 as a, 'x' as b \; select 2;
select 1/0;
select * from nope where x = 1;
select 'a' \g
select 1 as one, 2 as two \gx
select 5 as v \gset p_
\echo :p_v :'p_v' :"p_v" :{?p_v} :{?nope}
select :p_v + 1;
select 1 where false \gset
select generate_series(1,2) as g \gset
select 1 as "AUTOCOMMIT" \gset
select format('select %s', i) from generate_series(1,3) i \gexec
select 1 as a, 'x'::text as b \gdesc
create temp table ct(a int, b text);
copy ct from stdin;
1	one
2	two
\.
copy ct to stdout;
\copy ct to stdout
\copy (select a, b from ct where a = 1) to 'copied.csv' csv header
\! cat copied.csv
\copy ct(a, b) from 'copied.csv' with (format csv, header)
\copy ct from /nonexistent
\copy
\copy ct foo
\copy ct from program 'printf "7\\tseven\\n"'
\copy ct to program 'cat > through.txt'
\! cat through.txt
select * from ct order by 1;
insert into ct values (3,'three') returning *;
update ct set b = 'z' where a = 3;
delete from ct where a = 99;
\x
select * from ct order by 1;
\x
\a
select * from ct order by 1;
\a
\t
select * from ct order by 1;
\t
\pset border 2
\pset null '(null)'
select null as n, 1 as m;
\pset format csv
select * from ct order by 1;
\pset format foo
\pset bogus
\pset format aligned
\pset border 1
\pset
\timing foo
\conninfo
\bogus
\echo a 'b c' "d e" `echo f`
\echo -n hi
\echo
\qecho q
\warn w
\set foo bar
\set foo
\unset foo
\echo :foo
\set ECHO bad
\set FETCH_COUNT x
\i /nonexistent
\i
\o output.txt
select 1;
insert into ct values (4);
copy ct to stdout;
\o
\! cat output.txt
\if true
\echo yes
\else
\echo no
\endif
\if false
select 'never';
\bogus2
\elif true
\echo elif
\endif
\if maybe
\echo never
\endif
\endif
\p
\r
\p
select 1
\p
\r
\errverbose
select 1/0;
\errverbose
\g
do $$begin raise notice 'hello %', 1; raise warning 'w' using detail='d', hint='h'; end$$;
select 1 as a \; select 1/0 \; select 3;
begin; select 1; select bogus; select 2; commit;
\echo :ERROR :SQLSTATE :ROW_COUNT :LAST_ERROR_SQLSTATE :LAST_ERROR_MESSAGE
select 1 \echo extra
\r
\encoding
\encoding latin1
\encoding bogus
\encoding utf8
\setenv FOO bar
\! echo $FOO
\cd /
\! pwd
\cd /nope
select 'é' as "ünï", length('日本');
select
  'multi
line' as x,
  bogus
from t;
\c postgres
select 1;
\restrict k1
\echo no
\unrestrict bad
\unrestrict k1
\unrestrict k1
\echo free
