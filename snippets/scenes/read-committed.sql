-- title: Read committed: one question, two answers
-- order: 1
-- why: The default level. Every statement sees what was committed when it began, so a transaction that asks twice may hear two
--   answers: a nonrepeatable read. Good enough for most work, wrong for a report that must add up.

-- A: An account with 100, made by session A.
create table account (id int primary key, owner text, balance int);
insert into account values (1, 'Aline', 100), (2, 'Ben', 100);

-- A: A begins at read committed, the default, and asks for Aline's balance.
begin;
select balance from account where id = 1;

-- B: B takes 50 from it. Without BEGIN the statement commits by itself.
update account set balance = balance - 50 where id = 1;

-- A: The same question, in the same transaction: now it is 50.
select balance from account where id = 1;

-- A: Nothing failed, and nothing warned. Where one picture is needed for the whole transaction, begin at repeatable read: the next scene.
rollback;
