\set ON_ERROR_STOP on
select 1;
select 1/0;
select 2;
