-- title: Find rows without a match
-- topic: joins
-- words: anti-join not exists left join is null missing never without
-- database: vendorpay
-- needs: any
-- changes: no
-- why: NOT EXISTS asks for users that have no captured payment, and stops at the first one it finds. NOT IN looks the same
--   but returns nothing at all as soon as the subquery yields a single NULL, so it is the wrong habit.
select u.id, u.full_name, u.email, u.created_at
from {{table: users}} as u
where u.deleted_at is null
  and not exists (
    select from payments as p
    where p.user_id = u.id and p.status = 'captured'
  )
order by u.created_at;
