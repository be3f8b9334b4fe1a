create schema hidden;
create function wipe() returns void language sql as 'delete from staging';
create function wipe_block() returns void language plpgsql as $$ begin delete from staging; end $$;
create function wipe_atomic() returns void begin atomic delete from staging; end;
create function wipe_count() returns int language sql as 'with gone as (delete from staging returning 1) select count(*)::int from gone';
create function wipe_return() returns int return (select wipe_count());
create function wipe_atomic_call() returns int begin atomic select case when true then (select wipe_count()) end; end;
create function wipe_nested() returns void language plpgsql as $$ begin /* delete nothing */ perform wipe(); end $$;
create function wipe_assigned() returns int language plpgsql as $$ declare n int; begin n := wipe_count(); return n; end $$;
create function wipe_declared() returns int language plpgsql as $$ declare n int := wipe_count(); begin return n; end $$;
create function wipe_condition() returns int language plpgsql as $$ begin if wipe_count() > 0 then return 1; end if; return 0; end $$;
create function wipe_returned() returns int language plpgsql as $$ begin return wipe_count(); end $$;
create function wipe_if(flag boolean) returns void language plpgsql as $$ begin if flag then null; else update staging set note = ''; end if; end $$;
create function wipe_loop() returns void language plpgsql as
  $$ declare r record; begin <<rows>> for r in delete from staging returning * loop continue rows; end loop; end $$;
create function wipe_exception() returns void language plpgsql as
  $$ begin perform 1/0; exception when others then truncate staging, audit.log; end $$;
create function wipe_query() returns setof staging language plpgsql as $$ begin return query delete from staging returning *; end $$;
create function wipe_set() returns setof staging language sql as 'delete from staging returning *';
create function wipe_always() returns void language sql as 'update staging set status = $q$x$q$ where id = id or true';
create function wipe_table(t text) returns void language plpgsql as $$ begin execute format('delete from %I', t); end $$;
create function wipe_table_quoted(t text) returns void language plpgsql as $$ begin execute 'truncate ' || quote_ident(t) || ' cascade'; end $$;
create function wipe_default(n int default 1) returns int language sql as 'delete from staging; select n';
create function wipe_many(variadic ids int[]) returns void language sql as 'delete from items';
create function wipe_out(out n int) language plpgsql as $$ begin delete from staging; n := 1; end $$;
create function wipe_step(state int, value int) returns int language sql as 'delete from staging; select 1';
create aggregate wipe_all(int) (sfunc = wipe_step, stype = int);
create function "Wipe It"() returns void language sql as 'delete from items';
create function audit.clear() returns void language sql as 'truncate audit.log';
create function hidden.inner_wipe() returns void language sql as 'delete from staging';
create function outer_wipe() returns void language plpgsql set search_path = hidden as $$ begin perform inner_wipe(); end $$;
create function drop_column() returns void language plpgsql as $$ begin alter table items drop column note; end $$;
create function drop_items() returns void language plpgsql as $$ begin execute 'drop table if exists items cascade'; end $$;
create function open_up() returns void language plpgsql as $$ begin grant select on orders to public; end $$;
create function run_program() returns void language plpgsql as $$ begin copy staging to program 'cat > /dev/null'; end $$;
create function ping(n int) returns void language plpgsql as $$ begin if n > 0 then perform pong(n - 1); end if; end $$;
create function pong(n int) returns void language plpgsql as $$ begin perform ping(n); delete from staging; end $$;
create function purge_rows() returns void language sql as 'delete from staging';
create function purge_rows(n int) returns void language sql as 'delete from staging where id = n';
create procedure clear_staging() language sql as 'delete from staging';
create procedure clear_and_commit() language plpgsql as $$ begin delete from staging; commit; end $$;
create procedure clear_inout(inout n int) language plpgsql as $$ begin truncate staging; n := 2; end $$;
create procedure clear_by_call() language plpgsql as $$ begin call clear_staging(); end $$;
create function run_any(statement text) returns void language plpgsql as $$ begin execute statement; end $$;
create function purge_named(t text) returns void language plpgsql as $$ begin execute 'delete from ' || t || ' where id = 1'; end $$;
create function end_others() returns boolean language sql as 'select pg_terminate_backend(pid) from pg_stat_activity where false';
create procedure run_anything(statement text) language plpgsql as $$ begin execute statement; end $$;
create function remove_by_key(key int) returns void language sql as 'delete from staging where id = key';
create function remove_in(name text, key int) returns void language plpgsql as
  $$ begin execute format('delete from %I where id = $1', name) using key; end $$;
create function remove_quoted(name text, key int) returns void language plpgsql as
  $$ begin execute 'delete from ' || quote_ident(name) || ' where id = ' || quote_literal(key); end $$;
create function make_partition(year int) returns void language plpgsql as
  $$ begin execute format('create table %I partition of events for values from (%L) to (%L)', 'e' || year, year || '-01-01', year + 1 || '-01-01'); end $$;
create function read_any(query text) returns int language plpgsql stable as $$ declare n int; begin execute query into n; return n; end $$;
create function with_scratch() returns int language plpgsql as
  $$ begin create temp table scratch as select * from staging; delete from scratch; drop table scratch; return 1; end $$;
create function twice(n int) returns int language sql immutable as 'select n * 2';
create function shout(name text) returns text language plpgsql as $$ begin return upper(name) || ' delete from staging'; end $$;
create function note_down(entry text) returns void language sql as 'insert into audit.log (entry) values (entry)';
create function counted() returns bigint language sql stable as 'select count(*) from orders o join customers c on c.id = o.customer_id';
create function is_odd(n int) returns boolean language plpgsql as $$ begin return case when n = 0 then false else is_even(n - 1) end; end $$;
create function is_even(n int) returns boolean language plpgsql as $$ begin return n = 0 or is_odd(n - 1); end $$;
create aggregate total(int) (sfunc = int4pl, stype = int);
create procedure add_note(entry text) language plpgsql as $$ begin perform note_down(entry); commit; end $$;
create function lower(n int) returns int language sql as 'delete from staging; select n';
create schema one;
create function homonym() returns int language sql as 'select 1';
create function one.homonym() returns int language sql as 'delete from staging returning 1';
create function one.outer_homonym() returns void language plpgsql set search_path = one as $$ begin perform homonym(); end $$;
create function wipe_list(ids int[]) returns void language sql as 'delete from items';
create function wipe_chosen(t text, hard boolean) returns void language plpgsql as
  $$ begin execute case when hard then 'truncate ' || quote_ident(t) else format('analyze %I', t) end; end $$;
create function keep_locked() returns int language plpgsql as
  $$ declare n int := (select id from staging where id = 1 for update skip locked); begin return n; end $$;
create function keep_narrow(c text, v text) returns void language plpgsql as
  $$ begin execute format('delete from staging where %I = %L', c, v) || ' and id = 1'; end $$;
