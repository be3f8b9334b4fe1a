-- What a learner may make in a practice database, of every kind that the export keeps.
create schema shop;
create type mood as enum ('good', 'it''s bad');
create domain positive as int check (value > 0);
create type pair as (a int, b text);
create function twice(int) returns int language sql immutable as 'select $1 * 2';
create sequence own_counter start 5;
do $$ begin perform nextval('own_counter'); end $$;
create table shop."My Items" (
  id int generated always as identity primary key,
  name text not null default 'x',
  felt mood,
  rank positive,
  two pair,
  doubled int generated always as (twice(3)) stored,
  at timestamptz default now(),
  price numeric(10, 2) check (price > 0),
  payment int references payments (id),
  tags text[],
  raw bytea,
  code text collate "C" unique
);
insert into shop."My Items" (name, felt, rank, two, price, payment, tags, raw)
  select 'n' || g || E'\t\\\n', 'it''s bad', g, row (g, 'b')::pair, g, 1, array['a', 'b,"'], '\xdead' from generate_series(1, 1000) as g;
create table parts (at date, v serial, primary key (at, v)) partition by range (at);
create table parts_2020 partition of parts for values from ('2020-01-01') to ('2021-01-01');
insert into parts values ('2020-05-05');
create index on shop."My Items" (name) where price > 5;
create view shop.how_many as select count(*) from shop."My Items";
create materialized view total as select sum(price) from shop."My Items";
create function name_of(shop."My Items") returns text language sql as 'select $1.name';
comment on table shop."My Items" is 'mine';
create function as_it_is() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger before_insert before insert on shop."My Items" for each row execute function as_it_is();
create index own_index on payments (amount);
update payments set risk_score = 99 where id = 5;
create temp table gone as select 1;
