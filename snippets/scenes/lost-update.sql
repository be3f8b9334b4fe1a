-- title: A lost update, and how to keep it
-- order: 3
-- why: Two programs read a balance, reckon, and write their result. At read committed the second overwrites the first, and nobody is told.
--   Lock the row when it is read (FOR UPDATE), or let one statement read and write (balance = balance - 50).

-- A: An account with 100. A and B both read it before they take money out.
create table account (id int primary key, balance int);
insert into account values (1, 100);
begin;
select balance from account where id = 1;

-- B: B reads the same 100.
begin;
select balance from account where id = 1;

-- A: A takes 30: it writes 70, what it reckoned from what it read.
update account set balance = 70 where id = 1;
commit;

-- B: B takes 50 and writes what it reckoned: 50. A's 30 are lost.
update account set balance = 50 where id = 1;
commit;

-- A: Again, from 100, but A locks the row when it reads it.
update account set balance = 100 where id = 1;
begin;
select balance from account where id = 1 for update;

-- B: B wants to lock it too, and waits.
begin;
select balance from account where id = 1 for update;

-- A: A writes and commits. That lets B go on, and B reads 70, not 100.
update account set balance = 70 where id = 1;
commit;

-- B: B reckons from 70. Both withdrawals count: 20 is left.
update account set balance = 20 where id = 1;
commit;
select balance from account where id = 1;
