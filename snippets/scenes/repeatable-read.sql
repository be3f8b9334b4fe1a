-- title: Repeatable read: one picture for the whole transaction
-- order: 2
-- why: The first query takes a snapshot, and all that follow see it: no changed rows, no new rows (phantoms). The price: what others have
--   changed since cannot be written over. The server answers 40001, and the transaction is to be tried again from its beginning.

-- A: Two accounts with 100 each.
create table account (id int primary key, owner text, balance int);
insert into account values (1, 'Aline', 100), (2, 'Ben', 100);

-- A: A begins at repeatable read and adds them up. This query takes the snapshot.
begin isolation level repeatable read;
select sum(balance) from account;

-- B: B opens a third account and takes 10 from the first.
insert into account values (3, 'Chika', 500);
update account set balance = balance - 10 where id = 1;

-- A: A still sees its picture: 200. Neither the change nor the new row is in it.
select sum(balance) from account;

-- A: But it may not change what was changed since: serialization failure, 40001.
update account set balance = balance + 1 where id = 1;

-- A: The transaction has failed. Roll back and run it again, from BEGIN: it then works on a new picture.
rollback;
