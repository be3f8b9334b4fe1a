-- title: Move money, all of it or nothing
-- topic: transactions
-- words: begin commit savepoint rollback to atomic transfer balance lock for update
-- database: vendorpay
-- needs: any
-- changes: yes
-- why: Between BEGIN and COMMIT both balances change or neither does, and the row locks keep other transfers of these wallets
--   waiting. A savepoint lets one step be taken back: the bonus is undone by ROLLBACK TO, the transfer before it stands.
begin;

select id, balance from wallets where id in ({{value:integer: 1}}, {{value:integer: 2}}) order by id for update;

select transfer({{value:integer: 1}}, {{value:integer: 2}}, {{value:numeric: 150.00}}, 'shared taxi') as booking;

savepoint before_bonus;

update wallets set balance = balance + 25 where id = {{value:integer: 2}} returning id, balance as with_bonus;

rollback to savepoint before_bonus;

select w.id, w.balance, e.side, e.amount
from wallets as w
join ledger_entries as e on e.wallet_id = w.id
join ledger_transactions as t on t.id = e.transaction_id and t.memo = 'shared taxi'
order by w.id;

commit;
