-- title: Join three tables into a report
-- topic: joins
-- words: inner join using order multi-table report names
-- database: vendorpay
-- needs: any
-- changes: no
-- why: A payment holds ids; the names live where they are kept once. Each JOIN follows one foreign key, and because the key
--   is not null an inner join loses no payment. Short aliases say which table every column comes from.
select p.reference, u.full_name as payer, v.name as vendor, m.name as market, p.amount, p.currency, p.created_at
from {{table: payments}} as p
join users as u on u.id = p.user_id
join vendors as v on v.id = p.vendor_id
join markets as m on m.country = v.country
where p.status = {{value:payment_status: 'captured'}}
order by p.created_at desc
limit 20;
