-- title: Delete rows after looking at them
-- topic: crud
-- words: remove delete preview count returning begin rollback safe
-- database: vendorpay
-- needs: any
-- changes: no
-- why: Inside a transaction a DELETE can be looked at before it counts: RETURNING lists what went, and ROLLBACK brings it
--   back. When the list is what you wanted, run it again with COMMIT at the end.
begin;

delete from {{table: payment_attempts}}
where not succeeded
  and attempted_at < {{value:timestamptz: '2026-02-01'}}
returning id, user_id, amount, attempted_at;

rollback;
