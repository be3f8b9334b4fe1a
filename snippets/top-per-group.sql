-- title: The top three of each group
-- topic: window
-- words: window function top-n per group rank row_number partition by share
-- database: vendorpay
-- needs: any
-- changes: no
-- why: PARTITION BY starts the count again for each market. Window functions are computed after WHERE, so the filter on the
--   rank needs a query around it; rank() would give equals the same place where row_number() does not.
select market, place, vendor, gross, round(100 * share, 1) as percent_of_market
from (
  select m.name as market, v.name as vendor, sum(p.amount) as gross,
         row_number() over (partition by m.name order by sum(p.amount) desc) as place,
         sum(p.amount) / sum(sum(p.amount)) over (partition by m.name) as share
  from {{table: payments}} as p
  join vendors as v on v.id = p.vendor_id
  join markets as m on m.country = v.country
  where p.status = 'captured'
  group by m.name, v.name
) as ranked
where place <= {{value:integer: 3}}
order by market, place;
