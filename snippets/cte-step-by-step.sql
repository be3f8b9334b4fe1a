-- title: Build a report step by step
-- topic: cte
-- words: with common table expression chained steps velocity fraud burst
-- database: vendorpay
-- needs: any
-- changes: no
-- why: Each WITH query is a step with a name that the next one reads like a table, so the report says what it does from top to
--   bottom. Here: attempts per device in ten-minute windows, then the bursts among them, then who they belong to.
with windows as (
  select user_id, device, date_bin('10 minutes', attempted_at, timestamptz '2026-01-01') as began, count(*) as attempts,
         count(*) filter (where not succeeded) as failures
  from {{table: payment_attempts}}
  group by user_id, device, began
),
bursts as (
  select * from windows where attempts >= {{value:integer: 5}}
)
select u.full_name, b.began, b.attempts, b.failures, b.device
from bursts as b
join users as u on u.id = b.user_id
order by b.attempts desc, b.began;
