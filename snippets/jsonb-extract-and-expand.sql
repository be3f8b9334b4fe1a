-- title: Take fields and array elements out of JSONB
-- topic: jsonb
-- words: -> ->> #>> extract path expand array elements jsonb_array_elements_text lateral
-- database: vendorpay
-- needs: any
-- changes: no
-- why: -> gives JSON to go on with, ->> gives text to compare or cast, and #>> follows a whole path. A set-returning function
--   in FROM makes one row of each array element, so that tags can be grouped like any column.
select tag,
       count(*) as payments,
       count(*) filter (where metadata #>> '{device,os}' = 'android') as on_android,
       round(avg((metadata ->> 'items')::integer), 1) as items
from {{table: payments}}
cross join lateral jsonb_array_elements_text(metadata -> 'tags') as tag
group by tag
order by payments desc;
