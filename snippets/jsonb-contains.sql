-- title: Rows whose JSONB contains a value
-- topic: jsonb
-- words: contains containment @> gin index filter document
-- database: vendorpay
-- needs: any
-- changes: no
-- why: @> asks "does the left document contain the right one?", at any number of keys at once, and can use the GIN index on
--   the column. Comparing metadata ->> 'channel' with a text cannot use that index.
select reference, amount, currency, metadata
from {{table: payments}}
where {{column:jsonb: metadata}} @> {{value:jsonb: '{"channel": "ussd", "device": {"os": "kaios"}}'}}
order by created_at desc
limit 20;
