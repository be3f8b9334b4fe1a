-- title: Waiting for a row
-- order: 5
-- why: Who changes a row locks it until its transaction ends. Readers never wait; whoever wants to change the same row does, without limit
--   unless lock_timeout sets one, and looks at the row again when it is free.

-- A: An account with 100; A takes 10 from it and does not commit yet.
create table account (id int primary key, balance int);
insert into account values (1, 100);
begin;
update account set balance = balance - 10 where id = 1;

-- B: Readers do not wait: B sees what was committed last, 100.
select balance from account where id = 1;

-- B: But a second writer waits for the first one's end.
update account set balance = balance - 95 where id = 1 and balance >= 95;

-- A: A commits. B goes on and looks at the row again: 90 is less than 95, so it changes nothing (UPDATE 0).
commit;

-- A: A takes the row again.
begin;
update account set balance = balance - 10 where id = 1;

-- B: This time B waits a tenth of a second at most: 55P03.
set lock_timeout = '100ms';
update account set balance = balance - 5 where id = 1;

-- A: B had no transaction open, so that nothing of it is left. A lets go.
rollback;
