-- title: Deadlock: each waits for the other
-- order: 6
-- why: Two transactions lock the same rows in opposite order. After deadlock_timeout (a second, unless set otherwise) the server notices and
--   fails one of them with 40P01; the other goes on. The cure: every program locks rows in the same order, say by their key.

-- A: Two accounts. A changes the first.
create table account (id int primary key, balance int);
insert into account values (1, 100), (2, 100);
begin;
update account set balance = balance - 10 where id = 1;

-- B: B changes the second.
begin;
update account set balance = balance - 20 where id = 2;

-- A: A wants the second, and waits for B.
update account set balance = balance + 10 where id = 2;

-- B: B wants the first. Now each waits for the other: give the server a second.
update account set balance = balance + 20 where id = 1;

-- A: One has failed, with 40P01, and the other has gone on. Both say COMMIT: of a failed transaction that is ROLLBACK.
commit;

-- B: What is in the table is the work of one of them, whole.
commit;
select id, balance from account order by id;
