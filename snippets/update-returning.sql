-- title: Update rows and see what changed
-- topic: crud
-- words: change set update returning from expression
-- database: vendorpay
-- needs: any
-- changes: yes
-- why: The new value is computed from the old one inside the statement, so no other session can slip in between a read and
--   a write. RETURNING shows every row that was touched: when there are more than you meant, roll back.
update {{table: vendors}}
set commission_rate = round(commission_rate * 0.9, 4)
where category = {{value:text: 'groceries'}}
returning id, name, commission_rate, updated_at;
