-- title: Insert rows and see what was stored
-- topic: crud
-- words: create add insert returning identity default id
-- database: vendorpay
-- needs: any
-- changes: yes
-- why: RETURNING gives back the rows as they were stored, with the id and the defaults the server filled in, in the same
--   statement. Asking for the highest id afterwards would be a second query, and wrong as soon as someone else inserts too.
insert into {{table: users}} (full_name, email, phone, country)
values ('Alice Uwase', 'alice.uwase@example.com', '+250780000901', 'RW'),
       ('Daniel Kiprop', 'daniel.kiprop@example.com', '+254780000902', 'KE')
returning id, full_name, kyc_level, created_at;
