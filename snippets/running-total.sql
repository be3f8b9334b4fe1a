-- title: A running total beside each row
-- topic: window
-- words: window function running total sum over order by frame ledger balance
-- database: vendorpay
-- needs: any
-- changes: no
-- why: A window function computes over rows near this one and keeps the row, where GROUP BY would fold them. ROWS UNBOUNDED
--   PRECEDING adds line after line; the default frame would add lines of the same moment together.
select occurred_at, side, amount,
       sum(case side when 'credit' then amount else -amount end)
         over (order by occurred_at, transaction_id, line rows unbounded preceding) as balance
from ledger_entries
where wallet_id = {{value:integer: 1}}
order by occurred_at, transaction_id, line;
