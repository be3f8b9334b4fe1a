-- title: Write skew: each is right, both together are not
-- order: 4
-- why: Two transactions read the same rows and change different ones, so that neither overwrites the other and repeatable read lets both
--   pass; yet what both relied on is no longer true. Serializable notices, and fails one of them with 40001.

-- A: The rule of this ward: one doctor at least stays on call. Two are.
create table on_call (doctor text primary key, is_on boolean);
insert into on_call values ('Alice', true), ('Bob', true);

-- A: Alice wants to go. Her program looks: two are on call, so she may.
begin isolation level repeatable read;
select count(*) from on_call where is_on;

-- B: Bob wants to go too, at the same time. Two are on call, so he may.
begin isolation level repeatable read;
select count(*) from on_call where is_on;

-- A: Alice goes.
update on_call set is_on = false where doctor = 'Alice';
commit;

-- B: Bob goes. It is another row: nothing stops him.
update on_call set is_on = false where doctor = 'Bob';
commit;
select count(*) from on_call where is_on;

-- A: Nobody is on call, and nobody was told. Once more, at serializable.
update on_call set is_on = true;
begin isolation level serializable;
select count(*) from on_call where is_on;

-- B: Bob's program looks as well.
begin isolation level serializable;
select count(*) from on_call where is_on;

-- A: Alice goes.
update on_call set is_on = false where doctor = 'Alice';
commit;

-- B: Bob's goes no more: 40001. Run again, his program sees one doctor on call, and he stays.
update on_call set is_on = false where doctor = 'Bob';

-- B: Roll back and try again from BEGIN.
rollback;
select count(*) from on_call where is_on;
